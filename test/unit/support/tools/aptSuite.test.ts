import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../../support/processes';
import { temporaryFolder, type TemporaryFolder } from '../../../support/temporaryFolder';
import { openSuite } from '../../../support/tools/aptSuite';

/** What a system's apt may be told, and what must not matter. The keys of `files` are paths in a folder, `@` in `settings`. */
const systems = [
  { name: 'has nothing special', settings: '', files: {} },
  {
    name: 'has a newer version installed, which the suite lacks',
    settings: 'Dir::State::status "@/status";',
    files: { status: installed('tool', '9.0') },
  },
  {
    name: 'pins the package away',
    settings: 'Dir::Etc::preferences "@/pins";',
    files: { pins: 'Package: tool\nPin: version *\nPin-Priority: -1\n' },
  },
  {
    name: 'pins the package away in a folder of pins',
    settings: 'Dir::Etc::preferencesparts "@/pins.d";',
    files: { 'pins.d/tool.pref': 'Package: tool\nPin: version *\nPin-Priority: -1\n' },
  },
  {
    name: 'has a release that the suite is not of as its default',
    settings: 'APT::Default-Release "elsewhere";',
    files: {},
  },
  {
    name: 'prefers another architecture',
    settings: 'APT::Architecture "otherarch"; APT::Architectures { "otherarch"; };',
    files: {},
  },
];

if (existsSync('/usr/bin/apt-get')) {
  describe('A suite of packages', () => {
    let folder: TemporaryFolder;
    let mirror: string;
    const configuration = process.env['APT_CONFIG'];

    before(async () => {
      folder = temporaryFolder('suite');
      mirror = join(folder.path, 'mirror');
      await makeMirror(mirror, 'tool', '1.0');
    });
    after(() => {
      delete process.env['APT_CONFIG'];
      if (configuration !== undefined) process.env['APT_CONFIG'] = configuration;
      folder.remove();
    });

    for (const [index, { name, settings, files }] of systems.entries()) {
      it(`is unpacked on a system that ${name}`, async () => {
        const system = join(folder.path, `system${index}`);
        await writeFiles(system, { ...files, 'apt.conf': settings.replaceAll('@', system) });
        process.env['APT_CONFIG'] = join(system, 'apt.conf');
        const own = join(system, 'own');
        await mkdir(own);
        const suite = await openSuite(`deb [trusted=yes] file:${mirror} ./`, own);
        const targets = ['first', 'second'].map(target => join(system, target));
        await Promise.all(targets.map(target => suite.extract(['tool'], target)));
        for (const target of targets) assert.equal(await readFile(join(target, 'usr/share/tool'), 'utf8'), '1.0');
      });
    }
  });
}

function installed(name: string, version: string): string {
  const fields = ['Status: install ok installed', 'Architecture: all'];
  return [`Package: ${name}`, `Version: ${version}`, ...fields, 'Maintainer: nobody', 'Description: a tool', ''].join(
    '\n',
  );
}

/** Makes a package whose only file tells its version, and the list that names it. */
async function makeMirror(mirror: string, name: string, version: string): Promise<void> {
  const architecture = (await run('dpkg', ['--print-architecture'])).trim();
  const fields = [`Package: ${name}`, `Version: ${version}`, `Architecture: ${architecture}`];
  const control = [...fields, 'Maintainer: nobody', 'Description: a tool', ''].join('\n');
  await writeFiles(join(mirror, 'tree'), { 'DEBIAN/control': control, [`usr/share/${name}`]: version });
  const archive = join(mirror, `${name}.deb`);
  await run('dpkg-deb', ['--build', join(mirror, 'tree'), archive]);
  const { size } = await stat(archive);
  const [hash] = (await run('sha256sum', [archive])).split(' ');
  await writeFile(join(mirror, 'Packages'), `${control}Filename: ./${name}.deb\nSize: ${size}\nSHA256: ${hash}\n`);
}

async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}
