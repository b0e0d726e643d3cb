import { StringDecoder } from 'node:string_decoder';

const usualMaxLength = 16 * 1024 * 1024;

export interface LineOptions {
  /** Characters; 16 Mi when not given. */
  maxLength?: number;
  /** Hears of a line that is left out: too long, or not JSON where JSON is read. */
  onSkip?: () => void;
}

/**
 * The lines of a stream of UTF-8 chunks, without their ends, however the chunks are cut. A line that is too long is
 * dropped whole rather than kept in memory.
 */
export async function* readLines(chunks: AsyncIterable<Buffer>, options: LineOptions = {}): AsyncGenerator<string> {
  const { maxLength = usualMaxLength, onSkip } = options;
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let tooLong = false;
  for await (const chunk of chunks) {
    const pieces = decoder.write(chunk).split('\n');
    const last = pieces.pop() ?? '';
    for (const piece of pieces) {
      const line = rest + piece;
      if (tooLong) onSkip?.();
      else yield line.endsWith('\r') ? line.slice(0, -1) : line;
      rest = '';
      tooLong = false;
    }
    tooLong ||= rest.length + last.length > maxLength;
    rest = tooLong ? '' : rest + last;
  }
  rest += decoder.end();
  if (rest && !tooLong) yield rest;
}

/** The JSON values of a newline-delimited stream. A line that is not JSON is passed over. */
export async function* readJsonLines(chunks: AsyncIterable<Buffer>, options: LineOptions = {}): AsyncGenerator {
  for await (const line of readLines(chunks, options)) {
    if (!line.trim()) continue;
    const value = parseOrUndefined(line);
    if (value === undefined) options.onSkip?.();
    else yield value;
  }
}

function parseOrUndefined(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
