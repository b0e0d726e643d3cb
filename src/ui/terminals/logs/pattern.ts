import { createContext, Script } from 'node:vm';
import { lazy } from '../../../base/lazy';

/** The first match in a line. */
export interface Match {
  start: number;
  length: number;
}

/** The lines that a person wants to see, hide or find: a text, or a regular expression between slashes. */
export interface Pattern {
  /** The pattern as typed. */
  typed: string;
  /** Whether the lines that match are hidden rather than shown. */
  exclude: boolean;
  /** The match in each line, or undefined. Throws {@link SlowPattern}. */
  find(lines: readonly string[]): (Match | undefined)[];
}

/** The pattern takes too long: some expressions need years for a line of forty letters. */
export class SlowPattern extends Error {}

/** Only so much of a longer line is searched. */
const maxLength = 20_000;
const limitMs = 250;

/**
 * Parses what was typed: `text` (case matters if it has a capital letter) or `/expression/flags`, either with `!` before
 * it. Undefined if nothing was typed. Throws a SyntaxError for an invalid expression.
 */
export function parsePattern(typed: string): Pattern | undefined {
  const exclude = typed.startsWith('!');
  const text = exclude ? typed.slice(1) : typed;
  if (text === '') return undefined;
  const expression = /^\/(.+)\/([imsu]*)$/s.exec(text);
  const find = expression ? byExpression(new RegExp(expression[1] ?? '', expression[2])) : byText(text);
  return { typed, exclude, find };
}

function byText(text: string): Pattern['find'] {
  const exact = text !== text.toLowerCase();
  const fold = (line: string): string => (exact ? line : line.toLowerCase());
  return lines =>
    lines.map(line => {
      const start = fold(line.slice(0, maxLength)).indexOf(text);
      return start < 0 ? undefined : { start, length: text.length };
    });
}

/** A script that can be stopped even while an expression runs. */
const stoppable = lazy(() => {
  const work: { run: () => void } = { run: () => undefined };
  return { work, context: createContext(work), script: new Script('run()') };
});

function byExpression(expression: RegExp): Pattern['find'] {
  return lines => {
    const matches: (Match | undefined)[] = [];
    const { work, context, script } = stoppable();
    work.run = () => {
      for (const line of lines) {
        const match = expression.exec(line.slice(0, maxLength));
        matches.push(match ? { start: match.index, length: match[0].length } : undefined);
      }
    };
    try {
      script.runInContext(context, { timeout: limitMs });
    } catch (error) {
      throw new SlowPattern('The expression takes too long', { cause: error });
    }
    return matches;
  };
}
