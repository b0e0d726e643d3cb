import type { Random } from '../random';
import { type Api, ApiError } from './rawEngine';

/** What has been tried of one operation. */
export interface Step {
  /** E.g. `start c3`. */
  what: string;
  /** The engine's reason when it refused: random operations often fit no state. */
  refused: string | undefined;
}

interface Operation {
  /** How often it comes, compared with the others. */
  weight: number;
  run: () => Promise<string>;
}

const mostContainers = 14;
const mostNetworks = 5;
const mostVolumes = 8;
/** Images that containers can be made of: `own:0` and on. `moving:latest` is one of them at a time. */
const images = 3;

/**
 * Random operations on an engine's containers, networks, volumes and images, through its plain API. The random numbers
 * and the engine's answers determine what is tried. The engine needs `busybox:latest`.
 */
export class Workload {
  readonly #containers: string[] = [];
  readonly #networks: string[] = [];
  readonly #volumes: string[] = [];
  #made = 0;

  constructor(
    private readonly api: Api,
    private readonly random: Random,
  ) {}

  /** Makes the images of the containers to come; an engine that cannot make any gets other names of one image. */
  async prepare({ commits = true } = {}): Promise<void> {
    for (let index = 0; index < images && !commits; index++) {
      await this.api('POST', `/images/busybox:latest/tag?repo=own&tag=${index}`);
    }
    for (let index = 0; index < images && commits; index++) {
      const { Id } = (await this.api('POST', '/containers/create', { Image: 'busybox:latest' })) as { Id: string };
      await this.api('POST', `/commit?container=${Id}&repo=own&tag=${index}`, {
        Env: [`NUMBER=${index}`],
        Cmd: ['sh'],
      });
      await this.api('DELETE', `/containers/${Id}`);
    }
    await this.api('POST', '/images/own:0/tag?repo=moving&tag=latest');
  }

  /** Tries one operation. Rejects only when the engine cannot be reached. */
  async step(): Promise<Step> {
    const operations = Object.entries(this.#operations);
    let roll = this.random.next() * operations.reduce((sum, [, { weight }]) => sum + weight, 0);
    const [name, operation] = operations.find(([, { weight }]) => (roll -= weight) < 0) ?? operations[0] ?? [];
    try {
      return { what: `${name} ${await operation?.run()}`, refused: undefined };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return { what: `${name}`, refused: error.message };
    }
  }

  readonly #operations: Record<string, Operation> = {
    create: { weight: 6, run: () => this.#create() },
    start: { weight: 8, run: () => this.#act('start') },
    stop: { weight: 3, run: () => this.#act('stop?t=0') },
    kill: { weight: 3, run: () => this.#act('kill') },
    pause: { weight: 3, run: () => this.#act('pause') },
    unpause: { weight: 3, run: () => this.#act('unpause') },
    rename: { weight: 3, run: () => this.#act(`rename?name=${this.#name('renamed')}`) },
    remove: { weight: 3, run: () => this.#removeContainer() },
    createNetwork: { weight: 1, run: () => this.#createNetwork() },
    removeNetwork: { weight: 1, run: () => this.#remove(this.#networks, '/networks/') },
    connect: { weight: 3, run: () => this.#attach('connect') },
    disconnect: { weight: 3, run: () => this.#attach('disconnect') },
    createVolume: { weight: 2, run: () => this.#createVolume() },
    removeVolume: { weight: 2, run: () => this.#remove(this.#volumes, '/volumes/') },
    tag: { weight: 2, run: () => this.#tag() },
    untag: { weight: 2, run: () => this.#untag() },
  };

  /** Names with any characters that the engine allows. */
  #name(prefix: string): string {
    return `${prefix}${this.random.pick(['.', '_', '-', ''])}${++this.#made}`;
  }

  async #create(): Promise<string> {
    if (this.#containers.length >= mostContainers) return this.#removeContainer();
    const name = this.#name('box');
    const { random } = this;
    const volume = random.pick(this.#volumes);
    const command = random.pick([['sleep', '100000'], ['sleep', '100000'], ['sh', '-c', 'exit 3'], ['nosuchcommand']]);
    const body = {
      Image: random.pick(['busybox:latest', 'moving:latest', 'own:1']),
      Cmd: command,
      StopTimeout: 1,
      Labels: random.chance(0.3) ? { 'com.docker.compose.project': 'shop', 'com.docker.compose.service': name } : {},
      ExposedPorts: random.chance(0.3) ? { '80/tcp': {}, '53/udp': {}, '443/tcp': {} } : {},
      Volumes: random.chance(0.2) ? { '/b': {}, '/a': {} } : {},
      Healthcheck: random.chance(0.15) ? { Test: ['CMD', 'true'], Interval: 1e9, Retries: 1 } : undefined,
      HostConfig: {
        PublishAllPorts: random.chance(0.5),
        Binds: volume === undefined ? [] : [`${volume}:/z/data:ro`, `${volume}:/data`],
        NetworkMode: random.chance(0.3) ? (random.pick(this.#networks) ?? 'none') : 'bridge',
      },
    };
    const { Id } = (await this.api('POST', `/containers/create?name=${name}`, body)) as { Id: string };
    this.#containers.push(Id);
    return name;
  }

  async #act(action: string): Promise<string> {
    const id = this.random.pick(this.#containers);
    if (id === undefined) return this.#create();
    const [path = '', query = ''] = action.split('?');
    await this.api('POST', `/containers/${id}/${path}?${query}`);
    return `${id.slice(0, 12)} ${query}`;
  }

  async #removeContainer(): Promise<string> {
    const volumes = this.random.chance(0.5) ? 1 : 0;
    return this.#remove(this.#containers, '/containers/', `?force=1&v=${volumes}`);
  }

  async #remove(from: string[], path: string, query = ''): Promise<string> {
    const index = this.random.below(from.length);
    const id = from[index];
    if (id === undefined) return 'nothing';
    await this.api('DELETE', `${path}${id}${query}`);
    from.splice(from.indexOf(id), 1);
    return id;
  }

  async #createNetwork(): Promise<string> {
    if (this.#networks.length >= mostNetworks) return this.#remove(this.#networks, '/networks/');
    const name = this.#name('net');
    const Internal = this.random.chance(0.3);
    await this.api('POST', '/networks/create', { Name: name, Internal, Labels: { name }, CheckDuplicate: true });
    this.#networks.push(name);
    return name;
  }

  async #attach(how: 'connect' | 'disconnect'): Promise<string> {
    const network = this.random.pick(this.#networks);
    const Container = this.random.pick(this.#containers);
    if (network === undefined || Container === undefined) return this.#createNetwork();
    await this.api('POST', `/networks/${network}/${how}`, { Container });
    return `${network} ${Container.slice(0, 12)}`;
  }

  async #createVolume(): Promise<string> {
    if (this.#volumes.length >= mostVolumes) return this.#remove(this.#volumes, '/volumes/');
    const name = this.#name('vol');
    await this.api('POST', '/volumes/create', { Name: name, Labels: { name } });
    this.#volumes.push(name);
    return name;
  }

  async #tag(): Promise<string> {
    const image = `own:${this.random.below(images)}`;
    const [repo, tag] = this.random.pick(['moving:latest', 'moving:latest', 'extra:1', 'extra:2'])?.split(':') ?? [];
    await this.api('POST', `/images/${image}/tag?repo=${repo}&tag=${tag}`);
    return `${image} as ${repo}:${tag}`;
  }

  async #untag(): Promise<string> {
    const name = this.random.pick(['moving:latest', 'extra:1', 'extra:2']) ?? '';
    await this.api('DELETE', `/images/${name}`);
    return name;
  }
}
