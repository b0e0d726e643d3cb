import assert from 'node:assert/strict';
import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { delay } from '../../../../src/base/abort';
import { watchContexts } from '../../../../src/engine/endpoints/contextWatch';
import { until } from '../../../support/until';
import { DockerHome, idOf, replace } from './dockerHome';

describe('docker contexts', () => {
  let home: DockerHome;

  beforeEach(() => {
    home = new DockerHome();
  });
  afterEach(() => home.remove());

  describe('are followed:', () => {
    const changes: [name: string, change: () => void][] = [
      ['another current one', () => home.use('bb')],
      ['a new one', () => home.write('cc', 'unix:///cc.sock')],
      ['a changed one', () => home.write('aa', 'unix:///other.sock')],
      ['one that breaks', () => replace(home.metaFile('aa'), '{')],
      ['one that goes', () => rmSync(join(home.metaFile('aa'), '..'), { recursive: true })],
      [
        'a new certificate',
        () => replace(join(home.docker, 'contexts', 'tls', idOf('far'), 'docker', 'cert.pem'), 'new'),
      ],
    ];
    for (const [name, change] of changes) {
      it(name, async () => {
        for (const context of ['aa', 'bb']) home.write(context, `unix:///${context}.sock`);
        home.write('far', 'tcp://far:2376');
        home.writeCertificates('far', 'cert');
        home.use('aa');
        let [count, reads] = [0, 0];
        const counting = {
          ...home.around(),
          get env() {
            reads++;
            return {};
          },
        };
        const watch = watchContexts(counting, () => count++);
        try {
          await watch.whenWatching();
          const before = reads;
          replace(join(home.docker, 'other.json'), '{}');
          replace(join(home.docker, 'config.json'), JSON.stringify({ currentContext: 'aa', auths: {} }));
          await until('they are looked at again', () => reads > before);
          await watch.whenWatching();
          assert.equal(count, 0, 'what does not concern contexts is told');
          change();
          await until('it is told', () => count === 1);
        } finally {
          watch.dispose();
        }
      });
    }

    it('the current one, but not while its file is being written', async () => {
      for (const context of ['aa', 'bb']) home.write(context, `unix:///${context}.sock`);
      home.use('aa');
      const config = join(home.docker, 'config.json');
      const whole = readFileSync(config, 'utf8');
      const told: string[] = [];
      const watch = watchContexts(home.around(), () => told.push(readFileSync(config, 'utf8')));
      try {
        await watch.whenWatching();
        writeFileSync(config, '');
        await delay(20);
        writeFileSync(config, whole);
        home.use('bb');
        const changed = whole.replace('aa', 'bb');
        await until('it is told', () => told.includes(changed));
        assert.deepEqual(told, [changed]);
      } finally {
        watch.dispose();
      }
    });

    it('the current one in a configuration that lies elsewhere, and is linked to', async () => {
      for (const context of ['aa', 'bb']) home.write(context, `unix:///${context}.sock`);
      const elsewhere = join(home.path, 'dotfiles', 'docker.json');
      replace(elsewhere, JSON.stringify({ currentContext: 'aa' }));
      symlinkSync(elsewhere, join(home.docker, 'config.json'));
      let count = 0;
      const watch = watchContexts(home.around(), () => count++);
      try {
        await watch.whenWatching();
        replace(elsewhere, JSON.stringify({ currentContext: 'bb' }));
        await until('it is told', () => count === 1);
      } finally {
        watch.dispose();
      }
    });

    it('the first of all, and the folder that it needs', async () => {
      rmSync(home.docker, { recursive: true });
      let count = 0;
      const watch = watchContexts(home.around(), () => count++);
      try {
        await watch.whenWatching();
        home.write('aa', 'unix:///aa.sock');
        await until('the context is told', () => count > 0);
        count = 0;
        home.use('aa');
        await until('the choice is told', () => count > 0);
      } finally {
        watch.dispose();
      }
    });
  });
});
