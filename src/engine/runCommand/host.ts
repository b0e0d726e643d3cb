import { type Json, list, number, record, records, text, textMap, texts } from '../../base/read';
import { csv, type Flag, mapFlags, type RunFacts, sameTexts, switchFlag, textFlag, textFlags } from './facts';
import { exposedFlags } from './networks';

/** The flags of `docker run` for how the engine runs, restarts and confines a container. */
export function hostFlags({ container, image, info }: RunFacts): Flag[] {
  const host = record(container['HostConfig']);
  return [
    ...exposedFlags(container, image),
    ...switchFlag('--rm', host['AutoRemove']),
    ...restart(record(host['RestartPolicy'])),
    ...init(host['Init']),
    ...switchFlag('--privileged', host['Privileged']),
    ...textFlags('--cap-add', host['CapAdd']),
    ...textFlags('--cap-drop', host['CapDrop']),
    ...security(host),
    ...textFlags('--group-add', host['GroupAdd']),
    ...textFlag('--pid', host['PidMode']),
    ...textFlag('--ipc', host['IpcMode'], ['private']),
    ...textFlag('--uts', host['UTSMode']),
    ...textFlag('--userns', host['UsernsMode']),
    ...textFlag('--cgroupns', host['CgroupnsMode'], [text(info['CgroupVersion']) === '2' ? 'private' : 'host']),
    ...textFlag('--cgroup-parent', host['CgroupParent']),
    ...textFlag('--runtime', host['Runtime'], [text(info['DefaultRuntime']) || 'runc', 'oci']),
    ...textFlag('--isolation', host['Isolation'], ['default']),
    ...records(host['Devices']).map(device => ['--device', deviceText(device)]),
    ...textFlags('--device-cgroup-rule', host['DeviceCgroupRules']),
    ...records(host['DeviceRequests']).flatMap(requested),
    ...mapFlags('--sysctl', textMap(host['Sysctls'])),
    ...mapFlags('--storage-opt', textMap(host['StorageOpt'])),
    ...mapFlags('--annotation', textMap(host['Annotations'])),
    ...log(record(host['LogConfig']), text(info['LoggingDriver']) || 'json-file'),
  ];
}

function restart({ Name, MaximumRetryCount }: Json): Flag[] {
  const retries = number(MaximumRetryCount) ?? 0;
  return textFlag('--restart', retries > 0 ? `${text(Name)}:${retries}` : Name, ['no']);
}

/** When the value is neither true nor false, the engine chooses. */
function init(value: unknown): Flag[] {
  return typeof value === 'boolean' ? [[value ? '--init' : '--init=false']] : [];
}

/** A privileged container has no labels in any case, and the engine writes that down. Two empty lists mean open system paths. */
function security(host: Json): Flag[] {
  const privileged = host['Privileged'] === true;
  const options = texts(host['SecurityOpt']).filter(option => !privileged || !/^label[=:]disable$/.test(option));
  const open = [host['MaskedPaths'], host['ReadonlyPaths']].every(paths => Array.isArray(paths) && paths.length === 0);
  return textFlags('--security-opt', open && !privileged ? [...options, 'systempaths=unconfined'] : options);
}

function deviceText(device: Json): string {
  const { PathOnHost, PathInContainer, CgroupPermissions } = device;
  return [PathOnHost, PathInContainer, CgroupPermissions].map(text).filter(Boolean).join(':');
}

/** Graphics processors, or devices of the Container Device Interface. `--gpus` always asks for `gpu`. */
function requested(request: Json): Flag[] {
  const ids = texts(request['DeviceIDs']);
  if (request['Driver'] === 'cdi') return ids.map(id => ['--device', id]);
  const count = number(request['Count']) ?? 0;
  const capabilities = list(request['Capabilities']).flatMap(texts);
  const further = capabilities.filter(capability => capability !== 'gpu');
  const options = Object.entries(textMap(request['Options'])).map(([key, value]) => `${key}=${value}`);
  const fields = [
    ...(count === 0 ? [] : [`count=${count < 0 ? 'all' : count}`]),
    ...(ids.length > 0 ? [`device=${ids.join(',')}`] : []),
    ...(text(request['Driver']) ? [`driver=${text(request['Driver'])}`] : []),
    ...(further.length > 0 ? [`capabilities=${further.join(',')}`] : []),
    ...(options.length > 0 ? [`options=${csv(options)}`] : []),
  ];
  return [['--gpus', sameTexts(fields, ['count=all']) ? 'all' : csv(fields)]];
}

/** The engine's default driver is left out. Its options are not: they may differ from the engine's. */
function log({ Type, Config }: Json, byDefault: string): Flag[] {
  return [...textFlag('--log-driver', Type, [byDefault]), ...mapFlags('--log-opt', textMap(Config))];
}
