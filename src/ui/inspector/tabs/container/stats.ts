import * as vscode from 'vscode';
import { type Disposable, toDisposable } from '../../../../base/disposable';
import { isAlive } from '../../../../engine/objects/containers/row';
import type { StatsUpdate } from '../../../../engine/stats/shared';
import type { StatsSample as Sample } from '../../../../engine/stats/stats';
import type { Session } from '../../../session/session';
import { causeOf } from '../../../text';
import type { StatsSample } from '../../protocol';
import type { Showing } from '../showing';
import type { StreamedTab, StreamParts } from '../tab';

export const stats: StreamedTab = { title: () => vscode.l10n.t('Stats'), stream: parts => new ShownStats(parts) };

/**
 * A container's figures while they are shown. When it stops or is gone, what was drawn stays, without current values.
 * When the session changes, its stream replaces the old one.
 */
class ShownStats implements Showing {
  #session: Session | undefined;
  #watch: Disposable = toDisposable(() => undefined);
  /** The time of the last sample that the page has; undefined when it has none. */
  #last: number | undefined;
  #resting = false;
  #sentence = '';

  constructor(private readonly parts: StreamParts) {}

  update(): void {
    const source = this.parts.source();
    if ('sentence' in source) {
      this.dispose();
      this.#session = undefined;
      this.#rest(source.sentence);
      return;
    }
    const { session, row } = source;
    if (session !== this.#session) this.#watchIn(session);
    if (row?.kind === 'container' && !isAlive(row.row))
      this.#rest(vscode.l10n.t('It does not run: there are no figures'));
  }

  dispose(): void {
    this.#watch.dispose();
  }

  #watchIn(session: Session): void {
    this.#watch.dispose();
    this.#session = session;
    this.#watch = session.stats.watch(this.parts.id, update => this.#receive(update));
  }

  #receive({ reset, samples, failure, ended }: StatsUpdate): void {
    if (failure) {
      this.#say(sentenceOf(failure));
      return;
    }
    if (ended && !reset) return;
    this.#send(reset, samples.map(sampleOf));
    const last = samples.at(-1)?.time;
    if (last === undefined) return;
    this.#last = last;
    this.#resting = false;
  }

  /** A sample without figures ends the lines. */
  #rest(sentence: string): void {
    if (this.#last === undefined) this.#say(sentence);
    else if (!this.#resting) this.#send(false, [{ time: ++this.#last }]);
    this.#resting = true;
  }

  #send(reset: boolean, samples: StatsSample[]): void {
    this.#sentence = '';
    this.parts.post({ type: 'stats', reset, samples });
  }

  #say(sentence: string): void {
    if (sentence === this.#sentence) return;
    this.#sentence = sentence;
    this.parts.post({ type: 'unavailable', tab: 'stats', sentence });
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
