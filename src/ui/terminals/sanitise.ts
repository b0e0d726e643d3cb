import { allowedLink } from './links';
import { Modes } from './modes';
import type { Profile } from './profile';

type State = 'ground' | 'escape' | 'escapeIntermediate' | 'csi' | 'osc' | 'oscEscape' | 'string' | 'stringEscape';

const maxSequence = 256;
const maxOsc = 4096;
const steering = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/;
const nextSteering = new RegExp(steering, 'g');

/**
 * Lets through what a profile allows and removes the rest, in time linear in the text. A sequence may be cut anywhere
 * between calls: it is held until it is whole.
 */
export class Sanitiser {
  #state: State = 'ground';
  #sequence = '';
  readonly #modes: Modes;

  constructor(private readonly profile: Profile) {
    this.#modes = new Modes(profile);
  }

  write(text: string): string {
    if (this.#state === 'ground' && !steering.test(text)) return text;
    let out = '';
    let at = 0;
    while (at < text.length) {
      if (this.#state === 'ground') {
        nextSteering.lastIndex = at;
        const next = nextSteering.exec(text)?.index ?? text.length;
        out += text.slice(at, next);
        at = next;
      }
      if (at < text.length) out += this.#take(text.charAt(at++));
    }
    return out;
  }

  /** The sequences that end all modes, colours and links that are still in force. Drops a sequence that is not whole. */
  reset(): string {
    this.#state = 'ground';
    this.#sequence = '';
    return this.#modes.reset();
  }

  #take(character: string): string {
    const code = character.charCodeAt(0);
    switch (this.#state) {
      case 'ground':
        return this.#ground(character, code);
      case 'osc':
      case 'string':
        return this.#inString(character, code);
      case 'oscEscape':
      case 'stringEscape':
        return this.#afterStringEscape(character, code);
      case 'escape':
      case 'escapeIntermediate':
      case 'csi':
        return this.#inSequence(character, code);
    }
  }

  #ground(character: string, code: number): string {
    if (code === 0x1b) return this.#begin('escape');
    if (code >= 0x80 && code <= 0x9f) return this.#introduce(String.fromCharCode(code - 0x40));
    return this.#control(character, code);
  }

  #control(character: string, code: number): string {
    if (code === 0x09 || code === 0x0a || code === 0x0d) return character;
    if (code === 0x08 || code === 0x0b || code === 0x0c) return this.profile === 'lines' ? '' : character;
    if (code === 0x07 || code === 0x0e || code === 0x0f) return this.profile === 'shell' ? character : '';
    return '';
  }

  #begin(state: State): string {
    this.#state = state;
    this.#sequence = '';
    return '';
  }

  /** The second character of an escape sequence. A C1 control stands for ESC and this character. */
  #introduce(character: string): string {
    if (character === '[') return this.#begin('csi');
    if (character === ']') return this.#begin('osc');
    if (character === 'P' || character === 'X' || character === '^' || character === '_') return this.#begin('string');
    this.#state = 'ground';
    return this.#plainEscape(character);
  }

  #plainEscape(character: string): string {
    const allowed = this.profile === 'shell' ? 'DEM78Hc=>' : this.profile === 'logs' ? 'DEM78' : '';
    return allowed.includes(character) ? this.#modes.escape(character) : '';
  }

  /** Within an escape or control sequence. Like terminals do, carries out control characters in it at once. */
  #inSequence(character: string, code: number): string {
    if (code === 0x1b) return this.#begin('escape');
    if (code === 0x18 || code === 0x1a) return this.#begin('ground');
    if (code < 0x20) return this.#control(character, code);
    if (code >= 0x7f) return code === 0x7f ? '' : this.#abandon(character);
    if (this.#state === 'csi') return this.#inCsi(character, code);
    if (code < 0x30) {
      this.#state = 'escapeIntermediate';
      this.#sequence = (this.#sequence + character).slice(0, maxSequence);
      return '';
    }
    if (this.#state === 'escape') return this.#introduce(character);
    const sequence = this.#sequence;
    this.#state = 'ground';
    const allowed = this.profile === 'shell' && (/^[()*+]$/.test(sequence) ? /[AB0]/ : /^#$/.test(sequence) && /8/);
    return allowed && allowed.test(character) ? this.#modes.escape(sequence + character) : '';
  }

  #abandon(character: string): string {
    this.#state = 'ground';
    return steering.test(character) ? this.#take(character) : character;
  }

  #inCsi(character: string, code: number): string {
    if (code < 0x40) {
      if (this.#sequence.length <= maxSequence) this.#sequence += character;
      return '';
    }
    this.#state = 'ground';
    const parts = this.#sequence.length > maxSequence ? null : csi.exec(this.#sequence);
    if (!parts) return '';
    const [, prefix = '', parameters = '', intermediate = ''] = parts;
    return this.#modes.control({ prefix, parameters, intermediate, final: character });
  }

  #inString(character: string, code: number): string {
    if (code === 0x1b) {
      this.#state = this.#state === 'osc' ? 'oscEscape' : 'stringEscape';
      return '';
    }
    const cancelled = code === 0x18 || code === 0x1a || (code === 0x0a && this.profile !== 'shell');
    if (cancelled) {
      this.#begin('ground');
      return code === 0x0a ? character : '';
    }
    if (code === 0x9c || (code === 0x07 && this.#state === 'osc')) return this.#endString();
    if (this.#state === 'osc' && this.#sequence.length <= maxOsc) this.#sequence += character;
    return '';
  }

  #afterStringEscape(character: string, code: number): string {
    if (character === '\\') return this.#endString();
    this.#begin('escape');
    return this.#inSequence(character, code);
  }

  #endString(): string {
    const wasOsc = this.#state === 'osc' || this.#state === 'oscEscape';
    const sequence = this.#sequence;
    this.#begin('ground');
    const link = wasOsc && sequence.length <= maxOsc ? /^8;[^;]*;(.*)$/s.exec(sequence)?.[1] : undefined;
    return link === undefined ? '' : this.#modes.link(allowedLink(link));
  }
}

const csi = /^([?<=>]?)([0-9;:]*)([ -/]*)$/;
