import { run } from '../../support/processes';

describe('The bundle of texts for translators', () => {
  it('has each text that the sources show, and no other', async function () {
    this.timeout(60_000);
    await run(process.execPath, ['.config/l10n.mjs', '--check']);
  });
});
