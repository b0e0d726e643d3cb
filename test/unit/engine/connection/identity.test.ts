import { pingTime } from '../../../../src/engine/connection/identity';
import { fails, operating } from '../operating';

describe('Operations, on answers that a real engine seldom gives', () => {
  const on = operating();

  it('a ping of an engine that says nothing fails in time', async () => {
    on.fake.answers.set('/_ping', () => undefined);
    await fails(pingTime(on.engine.client, { deadline: 50 }), 'unreachable', /^no answer within 0\.05 s$/);
  });
});
