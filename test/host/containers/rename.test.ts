import assert from 'node:assert/strict';
import { withPerson } from '../person';
import { call, containerIn, containerNode, emptyEngine, inspect, newContainer, refusal } from '../setup';

describe('Commands on containers', () => {
  beforeEach(emptyEngine);
  after(emptyEngine);

  describe('quayside.container.rename', () => {
    const rename = 'quayside.container.rename';
    const nameOf = async (id: string): Promise<string> =>
      (await inspect<{ Name: string }>(`/containers/${id}/json`))?.Name ?? 'gone';

    it('gives the name that a program gives or a person types', async () => {
      const id = await containerIn('running', { name: 'before' });
      await call(rename, 'before', { name: 'between' });
      assert.equal(await nameOf(id), '/between');
      const shown = await withPerson({ inputs: [' after '] }, () => call(rename, containerNode(id)));
      assert.deepEqual(shown.errors, []);
      assert.equal(await nameOf(id), '/after');
      await withPerson({}, () => call(rename, containerNode(id)));
      assert.equal(await nameOf(id), '/after');
    });

    it('checks the name while it is typed, and begins with the one it has', async () => {
      const id = await containerIn('created', { name: 'web' });
      await containerIn('created', { name: 'db' });
      const { inputs } = await withPerson({}, () => call(rename, containerNode(id)));
      assert.equal(inputs[0]?.title, 'Rename “web”');
      assert.equal(inputs[0].value, 'web');
      const pattern = 'A name has two characters at least, letters and digits, and from the second on also _ . -';
      for (const name of ['', 'x', '-x', 'a b', 'a/b', 'ä1']) {
        assert.equal(inputs[0].validate(name), pattern, name);
      }
      assert.equal(inputs[0].validate('db'), 'A container named “db” exists');
      assert.equal(inputs[0].validate('web'), 'This is its name already');
      assert.equal(inputs[0].validate('web_2.x-1'), undefined);
    });

    const refused: [name: string, sentence: string][] = [
      ['db', 'Could not rename “web”: a container named “db” exists'],
      ['web', 'Could not rename “web”: this is its name already'],
      [
        '../x',
        'Could not rename “web”: a name has two characters at least, letters and digits, and from the second on also _ . -',
      ],
    ];
    for (const [name, sentence] of refused) {
      it(`refuses the name ${name}`, async () => {
        const id = await containerIn('created', { name: 'web' });
        await containerIn('created', { name: 'db' });
        assert.equal(await refusal(call(rename, id, { name })), sentence);
        assert.equal(await nameOf(id), '/web');
      });
    }

    it('tells in the engine’s words when the name was taken a moment ago', async () => {
      const id = await containerIn('created', { name: 'web' });
      await newContainer({ name: 'taken' });
      const message = await refusal(call(rename, id, { name: 'taken' }));
      assert.match(message, /^Could not rename “web”: .*(“taken” exists|"\/taken" is already in use)/);
      assert.equal(await nameOf(id), '/web');
    });

    it('takes one container only', async () => {
      await containerIn('created', { name: 'web' });
      await containerIn('created', { name: 'db' });
      const message = await refusal(call(rename, ['web', 'db'], { name: 'both' }));
      assert.equal(message, 'This works on one object at a time; several were given');
    });
  });
});
