/** What typed keys lead to. */
export interface Typed {
  /** What the terminal shows. */
  echo: string;
  /** What the program reads. */
  sent: string;
  /** Whether the input ends. */
  ends: boolean;
}

const erase = '\b \b';

/** Reads lines from a keyboard for a program without a terminal, like a terminal: echo, Backspace, Ctrl+U, Ctrl+D. */
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

/** Arrows and other keys that mean nothing in a line, and the sequences around a paste. */
const escapes = /\x1b(?:\[[0-9;?]*[@-~]|O.|.)/g;
