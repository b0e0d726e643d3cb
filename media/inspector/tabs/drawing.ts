import type { ContentOf, DrawingNode } from '../../../src/ui/inspector/protocol';
import { h, replaceChildren, svg } from '../../shared/dom';
import { visibleLine } from '../../shared/visible';
import type { Page, TabView } from '../page';

type Drawing = ContentOf<'drawing'>;

/** In pixels. */
const row = 44;
const box = 30;
const margin = 8;
const characterWidth = 7.4;
const longestName = 200;
/** Where an address stands: above the curve's point of parameter 0.4, where the lines of one container have parted. */
const labelPlace = 0.424;
const labelRise = 0.352;
const labelGap = 4;

/** Containers at the left, networks at the right, and a line with the address for each connection. */
export function drawingTab(page: Page): TabView<'drawing'> {
  let content: Drawing | undefined;
  const element = h('div', { class: 'drawing', role: 'group', 'aria-label': page.t('Containers and their networks') });
  const draw = (): void => {
    if (content && element.clientWidth > 0) replaceChildren(element, drawingOf(page, content, element.clientWidth));
  };
  new ResizeObserver(draw).observe(element);
  return {
    element,
    update: next => {
      content = next;
      draw();
    },
    shown: draw,
  };
}

interface Placed {
  node: DrawingNode;
  x: number;
  y: number;
  width: number;
}

function drawingOf(page: Page, { nodes, edges }: Drawing, width: number): Element {
  if (nodes.length === 0) return h('p', { class: 'quiet' }, page.t('There is nothing to draw.'));
  const placed = placeNodes(nodes, Math.min(width, 900));
  const height = Math.max(...[...placed.values()].map(({ y }) => y)) + row;
  const lines = edges.flatMap(({ container, network, address }) => {
    const [from, to] = [placed.get(`container ${container}`), placed.get(`network ${network}`)];
    return from && to ? [edgeElement(from, to, address)] : [];
  });
  const boxes = [...placed.values()].map(place => nodeElement(page, place, neighbours(page, place.node, nodes, edges)));
  return svg('svg', { width: Math.min(width, 900), height, role: 'presentation' }, ...lines, ...boxes);
}

/** Centres both sides vertically. */
function placeNodes(nodes: readonly DrawingNode[], width: number): Map<string, Placed> {
  const sides = ['container', 'network'] as const;
  const most = Math.max(...sides.map(kind => nodes.filter(node => node.kind === kind).length));
  const boxWidth = Math.floor(Math.min(260, width * 0.36));
  const placed = new Map<string, Placed>();
  for (const kind of sides) {
    const side = nodes.filter(node => node.kind === kind);
    const top = ((most - side.length) * row) / 2 + margin;
    const x = kind === 'container' ? 1 : width - boxWidth - 1;
    for (const [index, node] of side.entries()) {
      placed.set(`${kind} ${node.id}`, { node, x, y: top + index * row, width: boxWidth });
    }
  }
  return placed;
}

function nodeElement(page: Page, { node, x, y, width }: Placed, connected: string): SVGElement {
  const { kind, self, name, link } = node;
  const shown = visibleLine(name.slice(0, longestName));
  const attributes = {
    class: `node ${kind}${self ? ' self' : ''}`,
    role: 'link',
    tabindex: 0,
    'aria-label': connected,
  };
  const shape = svg('rect', { x, y, width, height: box, rx: kind === 'network' ? box / 2 : 4 });
  const text = svg('foreignObject', { x, y, width, height: box }, h('div', { class: 'node-name' }, shown));
  const group = svg('g', attributes, svg('title', {}, shown), shape, text);
  openBy(group, () => page.post({ type: 'open', link }));
  return group;
}

/** Opens with a click or a key, as a link does. */
function openBy(element: SVGElement, open: () => void): void {
  element.addEventListener('click', open);
  element.addEventListener('keydown', event => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    open();
  });
}

/** The line, with the address if there is room for it. */
function edgeElement(from: Placed, to: Placed, address: string): SVGElement {
  const [x1, y1] = [from.x + from.width, from.y + box / 2];
  const [x2, y2] = [to.x, to.y + box / 2];
  const middle = (x1 + x2) / 2;
  const path = svg('path', { d: `M ${x1} ${y1} C ${middle} ${y1} ${middle} ${y2} ${x2} ${y2}` });
  const shown = visibleLine(address);
  const fits = shown !== '' && shown.length * characterWidth < x2 - x1 - 20;
  const at = { x: x1 + (x2 - x1) * labelPlace, y: y1 + (y2 - y1) * labelRise - labelGap };
  const label = fits ? svg('text', at, shown) : undefined;
  return svg('g', { class: 'edge', 'aria-hidden': 'true' }, path, label);
}

/** What a screen reader says for a node: its name and what it is connected to. */
function neighbours(page: Page, node: DrawingNode, nodes: readonly DrawingNode[], edges: Drawing['edges']): string {
  const others = edges.filter(edge => edge[node.kind] === node.id);
  const nameOf = (id: string): string => nodes.find(other => other.id === id && other.kind !== node.kind)?.name ?? id;
  const texts = others.map(edge => {
    const other = nameOf(node.kind === 'container' ? edge.network : edge.container);
    return edge.address === '' ? other : `${other} (${edge.address})`;
  });
  const kind = node.kind === 'container' ? page.t('container') : page.t('network');
  const list = texts.length === 0 ? page.t('nothing') : texts.slice(0, 20).join(', ');
  return visibleLine(page.t('{0}, {1}, connected to {2}', node.name.slice(0, longestName), kind, list.slice(0, 2_000)));
}
