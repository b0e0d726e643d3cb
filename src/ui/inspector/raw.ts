import { type Json, record, texts } from '../../base/read';
import { looksSecret } from '../../base/secrets';
import type { TabContent } from './protocol';
import type { Source } from './source';

/** The engine's answer as `docker inspect` prints it, but for the values of variables and options that look secret. */
export function raw({ json }: Source): TabContent {
  const config = { ...maskedParts(json, 'Config'), ...maskedParts(json, 'ContainerConfig') };
  return { tab: 'raw', json: { ...maskedMaps(json), ...config } };
}

const mask = '***';

/** A part of an image's or container's answer that holds `Env` and `Labels`, where the answer has it. */
function maskedParts(json: Json, name: string): Json {
  const part = record(json[name]);
  if (Object.keys(part).length === 0) return {};
  const masked = Array.isArray(part['Env']) ? { Env: texts(part['Env']).map(maskedVariable) } : {};
  return { [name]: { ...maskedMaps(part), ...masked } };
}

function maskedVariable(line: string): string {
  const end = line.indexOf('=');
  return end > 0 && looksSecret(line.slice(0, end), line.slice(end + 1)) ? `${line.slice(0, end)}=${mask}` : line;
}

/** The same with the secret values of its maps of text hidden: labels, and the options of volumes and networks. */
function maskedMaps(json: Json): Json {
  const maps = ['Labels', 'Options'].filter(name => Object.keys(record(json[name])).length > 0);
  return { ...json, ...Object.fromEntries(maps.map(name => [name, maskedMap(record(json[name]))])) };
}

function maskedMap(map: Json): Json {
  return Object.fromEntries(
    Object.entries(map).map(([key, value]) => [
      key,
      typeof value === 'string' && looksSecret(key, value) ? mask : value,
    ]),
  );
}
