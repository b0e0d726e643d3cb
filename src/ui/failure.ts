import { isEngineError } from '../engine/errors';

/** What a person is told when a command cannot do its work: one sentence that names the object and the cause. */
export class Failure extends Error {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = 'Failure';
  }
}

/** The person dismissed a question or cancelled the work. Nothing is to be said about it. */
export class Canceled extends Error {
  constructor() {
    super('Canceled');
    this.name = 'Canceled';
  }
}

export function isCanceled(error: unknown): boolean {
  return error instanceof Canceled || isEngineError(error, 'canceled');
}

/** The answer to a question. VS Code gives undefined for a dismissed question, which becomes {@link Canceled}. */
export async function answered<T>(answer: Thenable<T | undefined>): Promise<T> {
  const value = await answer;
  if (value === undefined) throw new Canceled();
  return value;
}
