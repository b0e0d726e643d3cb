/** Keys as docker writes them: a character, or `ctrl-` and a letter or one of `@[\]^_`; several with commas between. */
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

/** Looks for a sequence of keys in what is typed. */
export class KeyWatch {
  #held = '';

  constructor(private readonly keys: string) {}

  /** What may be passed on, and whether the sequence came whole. The beginning of one is held until it is told apart. */
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
