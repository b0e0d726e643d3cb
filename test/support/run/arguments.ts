import { parseArgs, type ParseArgsConfig } from 'node:util';
import { SetupError } from '../processes';

/** Parses a verb's command line; an unknown flag becomes one sentence with the usage. */
export function parseCommandLine<T extends ParseArgsConfig>(config: T, usage: string): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new SetupError(`${(error as Error).message}\nUsage: ${usage}`, { cause: error });
  }
}
