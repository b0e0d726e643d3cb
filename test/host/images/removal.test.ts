import assert from 'node:assert/strict';
import { withPerson } from '../person';
import { api, call, containerIn, quayside, refusal, until } from '../setup';
import { has, imageNode, newFamily, newImage, onlyBusybox, tagged } from './images';

describe('Commands on images', () => {
  beforeEach(onlyBusybox);
  after(onlyBusybox);

  describe('quayside.image.remove', () => {
    const remove = 'quayside.image.remove';

    it('removes by id, tag, short name, list, and clicked rows', async () => {
      const ids: string[] = [];
      for (const name of ['by-id', 'by-tag', 'by-name', 'listed-1', 'listed-2', 'clicked'])
        ids.push(await newImage(name));
      await call(remove, ids[0], { ask: false });
      await call(remove, 'by-tag:latest', { ask: false });
      await call(remove, 'by-name', { ask: false });
      await call(remove, ['listed-1', 'listed-2'], { ask: false });
      const shown = await withPerson({ buttons: ['Remove'] }, () =>
        call(remove, imageNode(ids[5] ?? '', 'clicked:latest')),
      );
      assert.equal(shown.questions[0]?.message, 'Remove image “clicked:latest”?');
      assert.match(
        shown.questions[0].detail,
        /^The image goes, with its layers that no other image has \(.+ in all\)\.$/,
      );
      assert.deepEqual(
        await Promise.all(ids.map(has)),
        ids.map(() => false),
      );
    });

    it('only takes the tag of an image that has others, and says so', async () => {
      const id = await newImage('one', 'two');
      const no = await withPerson({}, () => call(remove, imageNode(id, 'one:latest')));
      assert.equal(no.questions[0]?.detail, 'Only this tag goes. The image stays as “two:latest”.');
      assert.deepEqual([await has('one'), await has('two')], [true, true]);
      await call(remove, 'one', { ask: false });
      assert.deepEqual([await has('one'), await has('two')], [false, true]);
    });

    it('asks more firmly where an image goes with several tags, and wants force of a program', async () => {
      const id = await newImage('one', 'two');
      assert.equal(
        await refusal(call(remove, id, { ask: false })),
        'Could not remove “one:latest”: it has several tags; give one of them, or force to remove all',
      );
      assert.equal(await has(id), true);
      const shown = await withPerson({ buttons: ['Remove Anyway'] }, () => call(remove, imageNode(id)));
      assert.deepEqual(shown.questions[0]?.buttons, ['Remove Anyway']);
      assert.match(shown.questions[0].detail, /^Its tags go with it: /m);
      assert.equal(await has(id), false);
    });

    it('refuses what a running container uses, with force too', async () => {
      const id = await newImage('used');
      await containerIn('running', { name: 'user', image: 'used' });
      const sentence = 'Could not remove “used:latest”: container “user” uses it';
      assert.equal(await refusal(call(remove, 'used', { ask: false, force: true })), sentence);
      const shown = await withPerson({ buttons: ['Remove Anyway'] }, () => call(remove, imageNode(id, 'used:latest')));
      assert.deepEqual([shown.errors, shown.questions], [[sentence], []]);
      assert.equal(await has('used'), true);
    });

    it('names the stopped containers that use an image, and removes it by force only', async () => {
      const id = await newImage('used');
      await containerIn('exited', { name: 'ended', image: 'used' });
      assert.equal(
        await refusal(call(remove, 'used', { ask: false })),
        'Could not remove “used:latest”: container “ended” uses it; give force to remove it all the same',
      );
      assert.equal(await has('used'), true);
      const shown = await withPerson({ buttons: ['Remove Anyway'] }, () => call(remove, imageNode(id, 'used:latest')));
      assert.match(shown.questions[0]?.detail ?? '', /Stopped containers use it, and stay without it: “ended”\./);
      assert.deepEqual(shown.errors, []);
      assert.equal(await has('used'), false);
    });

    it('keeps the untagged images that an image was made from when it is told to', async () => {
      const [parent, child] = await newFamily('child');
      const shown = await withPerson({ buttons: ['Remove, Keep Parents'] }, () =>
        call(remove, imageNode(child, 'child:latest')),
      );
      assert.deepEqual(shown.questions[0]?.buttons, ['Remove', 'Remove, Keep Parents']);
      assert.match(shown.questions[0].detail, /Parent images without a tag go too, where nothing else needs them\.$/);
      assert.deepEqual([await has(parent), await has(child)], [true, false]);
      const [kept] = await newFamily('other');
      await call(remove, 'other', { ask: false, noprune: true });
      assert.equal(await has(kept), true);
      const [gone] = await newFamily('third');
      await withPerson({ buttons: ['Remove'] }, () => call(remove, 'third'));
      assert.equal(await has(gone), false);
    });

    it('says what is not there', async () => {
      assert.equal(await refusal(call(remove, 'nothing', { ask: false })), 'There is no image “nothing”');
      const shown = await withPerson({}, () => call(remove, imageNode(`sha256:${'0'.repeat(64)}`)));
      assert.deepEqual(shown.errors, ['There is no image “000000000000”']);
    });
  });

  it('prunes untagged images, and all unused ones, once asked', async () => {
    await containerIn('created', { image: 'busybox' });
    const dangling = await newImage('soon');
    await newImage('other');
    await api('POST', '/images/other/tag?repo=soon&tag=latest');
    await tagged(dangling, []);
    const no = await withPerson({}, () => call('quayside.image.prune'));
    assert.equal(no.questions[0]?.message, 'Remove 1 image without a tag that no container uses?');
    assert.equal(await has(dangling), true);
    await withPerson({ buttons: ['Remove'] }, () => call('quayside.image.prune'));
    assert.deepEqual([await has(dangling), await has('other')], [false, true]);
    const rows = await quayside();
    await until('it is listed no more', () => rows.list('image').every(({ id }) => id !== dangling));
    const none = await withPerson({}, () => call('quayside.image.prune'));
    assert.deepEqual(none.errors, ['There is no unused image without a tag to remove']);
    await withPerson({ buttons: ['Remove'] }, () => call('quayside.image.pruneAll'));
    assert.deepEqual([await has('other'), await has('busybox')], [false, true]);
  });
});
