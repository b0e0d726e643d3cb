import type { Layer, Value } from '../../../src/ui/inspector/protocol';
import { h, icon } from '../../shared/dom';
import { byteText } from '../../shared/format';
import { visibleLine } from '../../shared/visible';
import type { Page, TabView } from '../page';
import { type Block, blockList } from '../parts/blocks';
import { longText } from '../parts/longText';
import { copyValue, valueElement } from '../parts/value';

type Group = { kind: 'layer'; layer: Layer } | { kind: 'empty'; layers: readonly Layer[]; place: string };

/** The layers of an image, the newest first, each with a bar for its size. */
export function layersTab(page: Page): TabView<'layers'> {
  const element = h('ol', { class: 'layers', 'aria-label': page.t('Layers, the newest first') });
  const update = blockList(element);
  return {
    element: h('div', { class: 'sections' }, element),
    update: ({ layers }) => {
      const largest = Math.max(1, ...layers.map(({ bytes }) => bytes));
      update(groupsOf(layers).map(group => blockOf(page, group, largest)));
    },
  };
}

/** Successive layers without content make one group. */
function groupsOf(layers: readonly Layer[]): Group[] {
  const groups: Group[] = [];
  for (const [index, layer] of layers.entries()) {
    const last = groups.at(-1);
    if (layer.bytes > 0) groups.push({ kind: 'layer', layer });
    else if (last?.kind === 'empty') groups.splice(-1, 1, { ...last, layers: [...last.layers, layer] });
    else groups.push({ kind: 'empty', layers: [layer], place: String(index) });
  }
  return groups;
}

function blockOf(page: Page, group: Group, largest: number): Block {
  const build = (): HTMLElement =>
    group.kind === 'layer' ? h('li', {}, layerElement(page, group.layer, largest)) : emptyElement(page, group, largest);
  return { model: [group, largest], build };
}

function emptyElement(page: Page, { layers, place }: Extract<Group, { kind: 'empty' }>, largest: number): HTMLElement {
  const count =
    layers.length === 1 ? page.t('1 layer without content') : page.t('{0} layers without content', layers.length);
  const items = layers.map(layer => layerElement(page, layer, largest));
  const isOpen = page.memory.tab('layers').folded.includes(place);
  const details = h('details', { open: isOpen }, h('summary', {}, icon('chevron-right'), count), ...items);
  details.addEventListener('toggle', () => keepOpen(page, place, (details as HTMLDetailsElement).open));
  return h('li', {}, details);
}

function keepOpen(page: Page, place: string, open: boolean): void {
  const others = page.memory.tab('layers').folded.filter(other => other !== place);
  page.memory.setTab('layers', { folded: open ? [...others, place] : others });
}

function layerElement(page: Page, { bytes, created, instruction, comment, tags }: Layer, largest: number): HTMLElement {
  const bar = h('span', { class: 'bar' });
  bar.style.inlineSize = `${(bytes / largest) * 100}%`;
  const when = created > 0 ? new Date(created).toLocaleString() : '';
  const notes = [when, comment].filter(Boolean).map(note => h('span', {}, ...longText(page, note)));
  return h(
    'div',
    { class: 'layer' },
    h('div', { class: 'size' }, h('span', { class: 'bytes' }, byteText(bytes)), h('span', { class: 'track' }, bar)),
    instruction.text === '' ? undefined : instructionElement(page, instruction),
    h('p', { class: 'notes quiet' }, ...tags.map(tagElement), ...notes),
  );
}

function instructionElement(page: Page, instruction: Value): HTMLElement {
  const copy = copyValue(page, instruction, page.t('the instruction'));
  return h('div', { class: 'instruction' }, valueElement(page, instruction), copy);
}

function tagElement(tag: string): HTMLElement {
  return h('span', { class: 'tag' }, icon('tag'), visibleLine(tag));
}
