import { LinkedAbort, withDeadline } from '../../base/abort';
import { EngineClient } from '../client/client';
import type { RequestRecord } from '../client/request';
import type { Endpoint } from '../endpoints/endpoint';
import { toEngineError } from '../errors';
import type { SshAccess } from '../transport/sshAccess';
import { openTransport, type Transport } from '../transport/transport';
import { type Attempt, reasonOf, type UnreachableReason, unreadableEndpoint } from './attempts';
import type { Engine } from './engine';
import type { Heartbeat } from './heartbeat';
import { identify } from './identity';

export interface SearchOptions {
  /** The endpoints to try, in order; asked for each search. May fail with an EngineError. */
  candidates: () => readonly Endpoint[] | Promise<readonly Endpoint[]>;
  onRequest?: (record: RequestRecord, endpoint: Endpoint) => void;
}

/** All in milliseconds. */
export interface SearchTimes {
  /** How long an engine may take to answer its first ping. */
  pingDeadline: number;
  /** The same for an engine that hung when it was tried before. */
  patience: number;
  /** For so long after an engine was lost, only its own endpoint is tried. */
  keepEndpointFor: number;
}

/** What comes of a search. */
export type Found =
  | { kind: 'engine'; engine: Engine }
  | { kind: 'none'; reason: UnreachableReason; attempts: readonly Attempt[] }
  | { kind: 'givenUp' };

/** Looks for an engine that answers among the candidates. */
export class Search {
  #underWay = new LinkedAbort(undefined);
  #lost: { url: string; at: number } | undefined;

  constructor(
    private readonly options: SearchOptions,
    private readonly times: SearchTimes,
    private readonly heartbeat: Heartbeat,
    private readonly ssh: SshAccess,
  ) {}

  /**
   * Tries the candidates one after the other, and gives the first engine that answers.
   * @param patient gives each much time to answer. Otherwise an engine that hangs ends the search: it is there, so another
   * engine takes its place only when patience does not help.
   */
  async find(patient: boolean, signal: AbortSignal): Promise<Found> {
    const underWay = new LinkedAbort(signal);
    this.#underWay = underWay;
    try {
      const endpoints = await this.#endpoints();
      underWay.signal.throwIfAborted();
      return await this.#firstOf(endpoints, patient, underWay.signal);
    } catch (error) {
      if (underWay.signal.aborted) return { kind: 'givenUp' };
      const attempts = [{ endpoint: unreadableEndpoint, error: toEngineError(error) }];
      return { kind: 'none', reason: 'misconfigured', attempts };
    } finally {
      underWay.dispose();
    }
  }

  /** Ends the search that is under way. */
  giveUp(): void {
    this.#underWay.abort();
  }

  /** Has the next searches wait for this endpoint: another engine must not take the place of one that only restarts. */
  keepTo({ url }: Endpoint): void {
    this.#lost = { url, at: performance.now() };
  }

  async #endpoints(): Promise<readonly Endpoint[]> {
    const all = await this.options.candidates();
    const lost = this.#lost;
    if (!lost || performance.now() - lost.at > this.times.keepEndpointFor) return all;
    const kept = all.filter(({ url }) => url === lost.url);
    return kept.length > 0 ? kept : all;
  }

  async #firstOf(endpoints: readonly Endpoint[], patient: boolean, signal: AbortSignal): Promise<Found> {
    const attempts: Attempt[] = [];
    for (const endpoint of endpoints) {
      try {
        const deadline = patient ? this.times.patience : this.times.pingDeadline;
        return { kind: 'engine', engine: await this.#connect(endpoint, deadline, signal) };
      } catch (error) {
        if (signal.aborted) return { kind: 'givenUp' };
        const attempt = { endpoint, error: toEngineError(error) };
        attempts.push(attempt);
        if (!patient && reasonOf([attempt]) === 'hung') break;
      }
    }
    return { kind: 'none', reason: reasonOf(attempts), attempts };
  }

  async #connect(endpoint: Endpoint, deadline: number, signal: AbortSignal): Promise<Engine> {
    const onRequest = (record: RequestRecord): void => this.options.onRequest?.(record, endpoint);
    const open = (): Transport => openTransport(endpoint.address, this.ssh);
    const transport = open();
    const pinger = new EngineClient(transport, undefined, onRequest);
    try {
      await transport.open(signal);
      const identity = await this.heartbeat.timed(() =>
        withDeadline(deadline, signal, until => identify(pinger, until)),
      );
      const clientOver = (over: Transport): EngineClient =>
        new EngineClient(over, identity.apiVersion, onRequest, () => this.heartbeat.watch());
      return { client: clientOver(transport), endpoint, identity, reopen: () => clientOver(open()) };
    } catch (error) {
      pinger.close();
      throw error;
    }
  }
}
