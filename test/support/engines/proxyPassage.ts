import { Agent, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { type Duplex, Transform } from 'node:stream';

/** A request that went through the proxy. */
export interface SeenRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** When it came, by Date.now(). */
  readonly time: number;
  /** When its answer was complete or its connection lost, by Date.now(); undefined while it is open. */
  ended: number | undefined;
}

/** What the proxy's server does with what comes. */
export interface Passage {
  connection: (socket: Socket) => void;
  request: (incoming: IncomingMessage, answer: ServerResponse) => void;
  upgrade: (incoming: IncomingMessage, socket: Duplex, head: Buffer) => void;
  cut: () => void;
  hang: (hanging: boolean) => void;
  forbid: (paths: RegExp | undefined) => void;
}

/** Passes requests on to a socket, as they are. */
export function newPassage(target: string, onRequest: (seen: SeenRequest) => void): Passage {
  const open = new Set<Socket>();
  const gate = newGate();
  let forbidden: RegExp | undefined;
  /** Each connection to the proxy has one of its own to the engine, which lives as long. */
  const agents = new WeakMap<Socket, Agent>();

  const keep = (socket: Socket): void => {
    if (open.has(socket)) return;
    open.add(socket);
    socket.on('error', () => socket.destroy()); // Either end may break at any time; the other one is told by its own end.
    socket.once('close', () => open.delete(socket));
  };
  const note = (incoming: IncomingMessage, closing: Duplex | ServerResponse): void => {
    const { method = '', url: path = '' } = incoming;
    const seen: SeenRequest = { method, path, time: Date.now(), ended: undefined };
    closing.once('close', () => (seen.ended = Date.now()));
    onRequest(seen);
  };

  return {
    connection: socket => {
      keep(socket);
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      agents.set(socket, agent);
      socket.once('close', () => agent.destroy());
    },
    request: (incoming, answer) => {
      note(incoming, answer);
      gate.whenOpen(() => {
        if (answer.destroyed) return;
        if (forbidden?.test(incoming.url ?? '')) refuse(incoming, answer);
        else passRequest({ target, agent: agents.get(incoming.socket), gate, keep }, incoming, answer);
      });
    },
    upgrade: (incoming, socket, head) => {
      note(incoming, socket);
      gate.whenOpen(() => {
        if (socket.destroyed) return;
        const upstream = connect({ path: target, allowHalfOpen: true });
        keep(upstream);
        upstream.write(headOf(incoming));
        upstream.write(head);
        both(socket, upstream, gate);
      });
    },
    cut: () => {
      for (const socket of open) socket.destroy();
    },
    hang: gate.close,
    forbid: paths => (forbidden = paths),
  };
}

/** As HAProxy does, which people put before an engine. */
function refuse(incoming: IncomingMessage, answer: ServerResponse): void {
  incoming.resume();
  answer.writeHead(403, { 'Content-Type': 'text/html' });
  answer.end('<html><body><h1>403 Forbidden</h1>\nRequest forbidden by administrative rules.\n</body></html>\n');
}

interface Way {
  target: string;
  agent: Agent | undefined;
  gate: Gate;
  keep: (socket: Socket) => void;
}

function passRequest({ target, agent, gate, keep }: Way, incoming: IncomingMessage, answer: ServerResponse): void {
  const { method, url: path, rawHeaders } = incoming;
  const outgoing = request({ socketPath: target, method, path, headers: rawHeaders, agent });
  const isOver = (): boolean => answer.writableFinished;
  // A complete answer leaves the connection to the next request; one that breaks takes the connection with it.
  const breakOff = (): void => {
    if (!isOver()) answer.destroy();
  };
  outgoing.once('socket', keep);
  outgoing.on('error', breakOff);
  answer.once('close', () => {
    if (!isOver()) outgoing.destroy();
  });
  answer.sendDate = false;
  outgoing.on('response', response => {
    response.on('error', breakOff);
    answer.writeHead(response.statusCode ?? 502, response.statusMessage, response.rawHeaders);
    answer.flushHeaders();
    response.pipe(gate.transform()).pipe(answer);
  });
  incoming.pipe(gate.transform()).pipe(outgoing);
}

/** An upgraded connection is no longer HTTP: its bytes go both ways, each until its own end. */
function both(socket: Duplex, upstream: Duplex, gate: Gate): void {
  for (const [from, to] of [
    [socket, upstream],
    [upstream, socket],
  ] as const) {
    from.pipe(gate.transform()).pipe(to);
    from.once('close', () => to.destroy());
  }
}

function headOf({ method, url, httpVersion, rawHeaders }: IncomingMessage): string {
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    lines.push(`${rawHeaders[index]}: ${rawHeaders[index + 1]}`);
  }
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** Lets things through, or keeps them until it is opened again. */
interface Gate {
  close: (closed: boolean) => void;
  whenOpen: (action: () => void) => void;
  transform: () => Transform;
}

function newGate(): Gate {
  let closed = false;
  let waiting: (() => void)[] = [];
  const whenOpen = (action: () => void): void => {
    if (closed) waiting.push(action);
    else action();
  };
  return {
    whenOpen,
    close: value => {
      closed = value;
      if (closed) return;
      const actions = waiting;
      waiting = [];
      for (const action of actions) action();
    },
    transform: () =>
      new Transform({ transform: (chunk: Buffer, _encoding, done) => whenOpen(() => done(null, chunk)) }),
  };
}
