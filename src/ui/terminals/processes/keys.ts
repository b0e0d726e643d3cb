/**
 * Parses keys in docker's form: a character, or `ctrl-` and a letter or one of `@[\]^_`; several are separated by commas.
 * Returns what a terminal sends for them, undefined if the form is wrong.
 */
export function readKeys(text: string): string | undefined {
  const keys = text.split(',').map(readKey);
  return keys.every(key => key !== undefined) ? keys.join('') : undefined;
}

function readKey(text: string): string | undefined {
  const key = text.trim().toLowerCase();
  const [, letter] = /^ctrl-([a-z@[\\\]^_])$/.exec(key) ?? [];
  if (letter !== undefined) return String.fromCharCode(letter.toUpperCase().charCodeAt(0) - 0x40);
  return text.trim().length === 1 ? text.trim() : undefined;
}

/** Finds a sequence of keys in what is typed. */
export class KeyWatch {
  #held = '';

  constructor(private readonly keys: string) {}

  /** What to pass on, and whether the sequence is complete. Keys that may be its beginning are held back. */
  take(typed: string): { passed: string; found: boolean } {
    let passed = '';
    for (const key of typed) {
      this.#held += key;
      while (this.#held !== '' && !this.keys.startsWith(this.#held)) {
        passed += this.#held.charAt(0);
        this.#held = this.#held.slice(1);
      }
      if (this.#held !== this.keys) continue;
      this.#held = '';
      return { passed, found: true };
    }
    return { passed, found: false };
  }
}
