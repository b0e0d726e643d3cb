import { type Json, number, record, text, textMap, texts } from '../../base/read';
import { shellLine } from '../../base/shell';
import { type Flag, mapFlags, numberFlag, type RunFacts, sameTexts, switchFlag, textFlag } from './facts';

/** The flags of `docker run` for a container's own settings, as far as they differ from the image's. */
export function configFlags({ container, image }: RunFacts): Flag[] {
  const config = record(container['Config']);
  const own = record(image['Config']);
  return [
    ...textFlag('--name', text(container['Name']).replace(/^\//, '')),
    ...switchFlag('--interactive', config['OpenStdin']),
    ...switchFlag('--tty', config['Tty']),
    ...hostname(container, config),
    ...textFlag('--domainname', config['Domainname']),
    ...textFlag('--user', config['User'], [text(own['User'])]),
    ...textFlag('--workdir', config['WorkingDir'], [
      text(own['WorkingDir']),
      ...(text(own['WorkingDir']) ? [] : ['/']),
    ]),
    ...environment(texts(config['Env']), texts(own['Env'])),
    ...labels(textMap(config['Labels']), textMap(own['Labels'])),
    ...health(record(config['Healthcheck']), record(own['Healthcheck'])),
    ...textFlag('--stop-signal', config['StopSignal'], [text(own['StopSignal']) || 'SIGTERM']),
    ...stopTimeout(config['StopTimeout']),
  ];
}

/** By default a container's host name is the start of its id; in the network of the host or of another container it has none. */
function hostname(container: Json, config: Json): Flag[] {
  const network = text(record(container['HostConfig'])['NetworkMode']);
  if (network === 'host' || network.startsWith('container:')) return [];
  return textFlag('--hostname', config['Hostname'], [text(container['Id']).slice(0, 12)]);
}

function environment(set: readonly string[], own: readonly string[]): Flag[] {
  const known = new Set(own);
  return set.filter(variable => !known.has(variable)).map(variable => ['--env', variable]);
}

const composeLabel = /^(com\.docker\.compose|io\.podman\.compose|desktop\.docker\.io)[./]/;

function labels(set: Readonly<Record<string, string>>, own: Readonly<Record<string, string>>): Flag[] {
  const kept = Object.entries(set).filter(
    ([key, value]) => own[key] !== value && !composeLabel.test(key) && !/[=\s]/.test(key),
  );
  return mapFlags('--label', Object.fromEntries(kept));
}

function health(check: Json, own: Json): Flag[] {
  const test = texts(check['Test']);
  if (test[0] === 'NONE') return texts(own['Test'])[0] === 'NONE' ? [] : [['--no-healthcheck']];
  return [
    ...(test.length === 0 || sameTexts(test, texts(own['Test'])) ? [] : [['--health-cmd', healthCommand(test)]]),
    ...durationFlag('--health-interval', check['Interval'], own['Interval']),
    ...durationFlag('--health-timeout', check['Timeout'], own['Timeout']),
    ...durationFlag('--health-start-period', check['StartPeriod'], own['StartPeriod']),
    ...durationFlag('--health-start-interval', check['StartInterval'], own['StartInterval']),
    ...numberFlag('--health-retries', check['Retries'], number(own['Retries'])),
  ];
}

/** The command line knows only checks that a shell runs: a check without a shell is quoted for one. */
function healthCommand([form = '', ...rest]: readonly string[]): string {
  return form === 'CMD-SHELL' ? rest.join(' ') : shellLine(form === 'CMD' ? rest : [form, ...rest]);
}

function durationFlag(flag: string, value: unknown, own: unknown): Flag[] {
  const nanoseconds = number(value) ?? 0;
  return nanoseconds === 0 || nanoseconds === own ? [] : [[flag, duration(nanoseconds)]];
}

/** Nanoseconds as Go writes durations, in the largest unit that needs no fraction. */
function duration(nanoseconds: number): string {
  const units = [
    ['h', 3.6e12],
    ['m', 6e10],
    ['s', 1e9],
    ['ms', 1e6],
    ['us', 1e3],
  ] as const;
  const unit = units.find(([, size]) => nanoseconds % size === 0);
  return unit ? `${nanoseconds / unit[1]}${unit[0]}` : `${nanoseconds}ns`;
}

/** Here, 0 is a timeout too. */
function stopTimeout(value: unknown): Flag[] {
  const seconds = number(value);
  return seconds === undefined ? [] : [['--stop-timeout', String(seconds)]];
}
