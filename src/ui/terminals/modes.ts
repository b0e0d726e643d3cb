import type { Profile } from './profile';

/** A control sequence, taken apart: `ESC [ prefix parameters intermediate final`. */
export interface Control {
  /** One of `?`, `<`, `=`, `>`, or nothing. */
  prefix: string;
  parameters: string;
  intermediate: string;
  final: string;
}

const colour = 'm';
const movement = '@ABCDEFGHIJKLMPSTXZ`adefsu';
/** Repeating, margins, tabs. */
const shellOnly = 'bgr';
/** Insert mode; line feeds that return. */
const plainModes = new Set(['4', '20']);
/**
 * Application keys, reverse video, origin, wrap, blinking, cursor, keypad, other screen, mouse (clicks, drags, moves and
 * how they are written), focus, bracketed paste, synchronised output.
 */
const privateModes = new Set(
  [1, 5, 6, 7, 12, 25, 45, 47, 66, 1000, 1002, 1003, 1004, 1005, 1006, 1015, 1047, 1048, 1049, 2004, 2026].map(String),
);
/** The modes that are set by default. */
const usuallySet = new Set(['7', '25']);

/** The highest count in a sequence: for the terminal, each line or character of it is work of its own. */
const most: Readonly<Record<Profile, number>> = { shell: 200, logs: 20, lines: 0 };
const oneByOne = 'LMSTb';

/** Decides which control sequences pass, and remembers what they leave in force. */
export class Modes {
  readonly #unusual = new Set<string>();
  #touched = false;

  constructor(private readonly profile: Profile) {}

  /** The sequence, or the part of it that may pass; empty if nothing may. */
  control(control: Control): string {
    const text = allowed(control, this.profile);
    if (text === '') return '';
    this.#touched = true;
    if (control.final === 'h' || control.final === 'l') this.#remember(control);
    return text;
  }

  /** An escape sequence that may pass. @param sequence what follows ESC */
  escape(sequence: string): string {
    this.#touched = true;
    return `\x1b${sequence}`;
  }

  link(target: string): string {
    this.#touched = true;
    return `\x1b]8;;${target}\x1b\\`;
  }

  /** The sequences that bring back the default modes and colours, and end a link. */
  reset(): string {
    if (!this.#touched) return '';
    this.#touched = false;
    const modes = [...this.#unusual].map(mode => `\x1b[${mode}${usuallySet.has(mode.slice(1)) ? 'h' : 'l'}`);
    this.#unusual.clear();
    const screen = this.profile === 'shell' ? '\x1b[!p\x1b>\x1b[ q' : '';
    return `${modes.join('')}${screen}\x1b]8;;\x1b\\\x1b[m`;
  }

  #remember({ prefix, parameters, final }: Control): void {
    for (const mode of parameters.split(';')) {
      const key = prefix + mode;
      if ((final === 'h') === usuallySet.has(mode)) this.#unusual.delete(key);
      else this.#unusual.add(key);
    }
  }
}

function allowed({ prefix, parameters, intermediate, final }: Control, profile: Profile): string {
  const plain = prefix === '' && intermediate === '';
  const text = `\x1b[${prefix}${parameters}${intermediate}${final}`;
  if (plain && final === colour) return text;
  if (profile === 'lines') return '';
  if (/\d{5}/.test(parameters)) return ''; // No screen is that large; repeating a character that often takes long.
  if (plain && oneByOne.includes(final)) {
    const count = Math.min(Number.parseInt(parameters, 10) || 1, most[profile]);
    return movement.includes(final) || profile === 'shell' ? `\x1b[${count}${final}` : '';
  }
  if (plain && final === 'J' && parameters.includes('3')) return profile === 'shell' ? text : '';
  if (plain && movement.includes(final)) return text;
  return profile === 'shell' ? shellControl({ prefix, parameters, intermediate, final }, text) : '';
}

function shellControl({ prefix, parameters, intermediate, final }: Control, text: string): string {
  if (intermediate === '' && prefix === '' && shellOnly.includes(final)) return text;
  if (prefix === '' && intermediate === ' ' && final === 'q') return text; // The cursor's shape.
  if (prefix === '' && intermediate === '!' && final === 'p') return text; // Soft reset.
  if (intermediate !== '' || (final !== 'h' && final !== 'l')) return '';
  const known = prefix === '?' ? privateModes : prefix === '' ? plainModes : undefined;
  const modes = parameters.split(';').filter(mode => known?.has(mode));
  return modes.length > 0 ? `\x1b[${prefix}${modes.join(';')}${final}` : '';
}
