/** What became of typed keys. */
export interface Typed {
  /** What the terminal shows of them. */
  echo: string;
  /** What the program reads of them. */
  sent: string;
  /** Whether the input ends with them. */
  ends: boolean;
}

const erase = '\b \b';

/** Takes lines from a keyboard for a program without a terminal, as a terminal would: echo, Backspace, Ctrl+U, Ctrl+D. */
export class LineInput {
  #line: string[] = [];

  take(keys: string): Typed {
    let echo = '';
    let sent = '';
    for (const key of keys.replace(/\r\n?/g, '\n').replace(escapes, '')) {
      if (key === '\n') {
        sent += `${this.#line.join('')}\n`;
        echo += '\r\n';
        this.#line = [];
      } else if (key === '\x7f' || key === '\b') {
        if (this.#line.pop() !== undefined) echo += erase;
      } else if (key === '\x15') {
        echo += erase.repeat(this.#line.splice(0).length);
      } else if (key === '\x04') {
        return { echo, sent: sent + this.#line.splice(0).join(''), ends: true };
      } else if (key >= ' ' || key === '\t') {
        this.#line.push(key);
        echo += key;
      }
    }
    return { echo, sent, ends: false };
  }
}

/** Arrows and other keys that a line knows nothing of, and the frame of a paste. */
const escapes = /\x1b(?:\[[0-9;?]*[@-~]|O.|.)/g;
