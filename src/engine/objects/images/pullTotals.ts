import type { PullProgress } from './pull';

/** How far a pull is: in layers, and in bytes as far as the registry has announced them. */
export interface PullState {
  layers: number;
  done: number;
  current: number;
  total: number;
  /** 0 to 100. */
  percent: number;
}

/** The download is this much of a layer's work; extracting it is the rest. */
const downloadShare = 0.75;

interface Layer {
  bytes: number | undefined;
  downloaded: number;
  /** How much of its work is done, from 0 to 1. */
  part: number;
}

/** Sums up the lines of a pull. */
export class PullTotals {
  readonly #layers = new Map<string, Layer>();

  add({ layer, status, current, total }: PullProgress): void {
    if (!layer || status.startsWith('Pulling from')) return;
    const known = this.#layers.get(layer) ?? { bytes: undefined, downloaded: 0, part: 0 };
    const bytes = total ?? known.bytes;
    const part = Math.max(known.part, partOf(status, current, total));
    const downloaded =
      status === 'Downloading' ? (current ?? 0) : part >= downloadShare ? (bytes ?? 0) : known.downloaded;
    this.#layers.set(layer, { bytes, downloaded: Math.max(known.downloaded, downloaded), part });
  }

  get state(): PullState {
    const layers = [...this.#layers.values()];
    const sized = layers.flatMap(({ bytes }) => bytes ?? []);
    const usual = sized.length > 0 ? sum(sized) / sized.length : 1;
    const weight = ({ bytes }: Layer): number => bytes ?? usual;
    const all = sum(layers.map(weight));
    return {
      layers: layers.length,
      done: layers.filter(({ part }) => part === 1).length,
      current: sum(layers.map(({ downloaded }) => downloaded)),
      total: sum(sized),
      percent: all === 0 ? 0 : (100 * sum(layers.map(layer => weight(layer) * layer.part))) / all,
    };
  }
}

function partOf(status: string, current = 0, total = 0): number {
  const fraction = total > 0 ? Math.min(1, current / total) : 0;
  switch (status) {
    case 'Downloading':
      return downloadShare * fraction;
    case 'Verifying Checksum':
    case 'Download complete':
      return downloadShare;
    case 'Extracting':
      return downloadShare + (1 - downloadShare) * fraction * 0.99;
    case 'Pull complete':
    case 'Already exists':
      return 1;
    default:
      return 0;
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
