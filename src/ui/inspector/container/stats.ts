import * as vscode from 'vscode';
import { type Disposable, toDisposable } from '../../../base/disposable';
import { type Container, isAlive } from '../../../engine/containers';
import type { StatsUpdate } from '../../../engine/sharedStats';
import type { StatsSample as Sample } from '../../../engine/stats';
import type { Session } from '../../session';
import { causeOf } from '../../words';
import type { HostMessage, StatsSample } from '../protocol';
import type { Showing } from '../showing';

/** A container's figures as long as they are shown. Another session's stream takes the place of one that has ended. */
export class StatsTab implements Showing {
  #session: Session | undefined;
  #watch: Disposable = toDisposable(() => undefined);

  constructor(
    private readonly id: string,
    /** The session whose engine holds the container; undefined while there is none. */
    private readonly session: () => Session | undefined,
    private readonly send: (message: HostMessage) => void,
  ) {}

  update(): void {
    const session = this.session();
    if (!session || session === this.#session) return;
    this.#watch.dispose();
    this.#session = session;
    this.#watch = session.stats.watch(this.id, update => this.#tell(update, session.mirror.get('container', this.id)));
  }

  dispose(): void {
    this.#watch.dispose();
  }

  #tell({ reset, samples, failure }: StatsUpdate, row: Container | undefined): void {
    if (failure) this.send({ type: 'unavailable', tab: 'stats', sentence: sentenceOf(failure) });
    else if (reset && samples.length === 0 && row && !isAlive(row))
      this.send({
        type: 'unavailable',
        tab: 'stats',
        sentence: vscode.l10n.t('It does not run: there are no figures'),
      });
    else this.send({ type: 'stats', reset, samples: samples.map(sampleOf) });
  }
}

function sentenceOf(failure: Error): string {
  return vscode.l10n.t('The engine tells no figures: {0}', causeOf(failure));
}

/** What the page draws. */
function sampleOf(sample: Sample): StatsSample {
  const { time, cpuPercent, memoryBytes, memoryLimitBytes, processes } = sample;
  const { receivedRate, sentRate, readRate, writtenRate } = sample;
  return {
    time,
    cpuPercent,
    memoryBytes,
    memoryLimitBytes,
    receivedRate,
    sentRate,
    readRate,
    writtenRate,
    processes,
  };
}
