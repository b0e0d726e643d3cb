import fc from 'fast-check';
import assert from 'node:assert/strict';
import type { Profile } from '../../../../src/ui/terminals/profile';
import { Sanitiser } from '../../../../src/ui/terminals/sanitise';

const profiles: readonly Profile[] = ['lines', 'logs', 'shell'];
const esc = '\x1b';

/** What each text becomes between “a” and “z”: the same in every profile, or one result for each. */
const corpus: readonly (readonly [what: string, text: string, becomes: string | readonly [string, string, string]])[] =
  [
    ['text of any language', 'grüße 你好 👩‍👩‍👧 e\u0301\t\r\n', 'grüße 你好 👩‍👩‍👧 e\u0301\t\r\n'],
    ['colours', `${esc}[1;38;5;208mred${esc}[0m`, `${esc}[1;38;5;208mred${esc}[0m`],
    ['colours with colons', `${esc}[4:3;58:2::255:0:0m`, `${esc}[4:3;58:2::255:0:0m`],
    ['a colour by its C1 control', '\x9b31m', `${esc}[31m`],
    [
      'movement',
      `${esc}[2A${esc}[10;5H${esc}[K${esc}[2J`,
      ['', `${esc}[2A${esc}[10;5H${esc}[K${esc}[2J`, `${esc}[2A${esc}[10;5H${esc}[K${esc}[2J`],
    ],
    ['a backspace', '\b', ['', '\b', '\b']],
    ['erasing the history', `${esc}[3J`, ['', '', `${esc}[3J`]],
    ['saving the cursor', `${esc}7${esc}8`, ['', `${esc}7${esc}8`, `${esc}7${esc}8`]],
    ['a full reset', `${esc}c`, ['', '', `${esc}c`]],
    ['line drawing', `${esc}(0${esc}(B`, ['', '', `${esc}(0${esc}(B`]],
    ['a bell', '\x07', ['', '', '\x07']],
    ['NUL and DEL', '\x00\x7f', ''],
    ['a title (OSC 0, BEL)', `${esc}]0;owned\x07`, ''],
    ['a title (OSC 2, ST)', `${esc}]2;owned${esc}\\`, ''],
    ['a title by C1 controls', '\x9d2;owned\x9c', ''],
    ['a title with a control within', `${esc}]2;ow\x01ned\x07`, ''],
    ['a clipboard write (OSC 52)', `${esc}]52;c;b3duZWQ=\x07`, ''],
    ['a clipboard read', `${esc}]52;c;?${esc}\\`, ''],
    ['colours of the palette', `${esc}]4;1;rgb:00/00/00${esc}\\${esc}]10;?\x07${esc}]11;#000\x07`, ''],
    ['a working folder (OSC 7)', `${esc}]7;file:///etc\x07`, ''],
    ['a notification (OSC 9, 777)', `${esc}]9;hi\x07${esc}]777;notify;a;b\x07`, ''],
    ['shell integration (OSC 133, 633)', `${esc}]133;A\x07${esc}]633;E;rm -rf ~;nonce\x07`, ''],
    ['files and images (OSC 1337)', `${esc}]1337;File=inline=1:AAAA\x07`, ''],
    ['device control strings (DCS, sixel)', `${esc}P1$r0m${esc}\\${esc}Pq#0;2;0;0;0~${esc}\\`, ''],
    ['APC, PM and SOS', `${esc}_Gf=24;AAAA${esc}\\${esc}^pm${esc}\\${esc}Xsos${esc}\\`, ''],
    ['a DCS by C1 controls', '\x90+q544e\x9c', ''],
    ['a request for status', `${esc}[5n${esc}[6n${esc}[?6n`, ''],
    ['a request for attributes', `${esc}[c${esc}[0c${esc}[>c${esc}[=c${esc}Z`, ''],
    ['a request for modes', `${esc}[?2004$p${esc}[4$p`, ''],
    ['a request for the version', `${esc}[>q${esc}[>0q`, ''],
    ['a request for parameters', `${esc}[x${esc}[1x`, ''],
    ['window operations', `${esc}[21t${esc}[22;0t${esc}[8;5;5t${esc}[14t`, ''],
    ['the keyboard’s protocols', `${esc}[>1u${esc}[=5u${esc}[<u${esc}[?u${esc}[>4;2m${esc}[?4m`, ''],
    ['mouse modes', `${esc}[?1000h${esc}[?1003;1006h`, ['', '', `${esc}[?1000h${esc}[?1003;1006h`]],
    ['an unknown mode among known ones', `${esc}[?25;9999l`, ['', '', `${esc}[?25l`]],
    ['the other screen', `${esc}[?1049h`, ['', '', `${esc}[?1049h`]],
    ['bracketed paste', `${esc}[?2004h`, ['', '', `${esc}[?2004h`]],
    ['application keys', `${esc}[?1h${esc}=`, ['', '', `${esc}[?1h${esc}=`]],
    ['the keyboard’s lock', `${esc}[2h`, ''],
    ['margins', `${esc}[2;5r`, ['', '', `${esc}[2;5r`]],
    ['the cursor’s shape', `${esc}[4 q`, ['', '', `${esc}[4 q`]],
    ['a character repeated without end', `x${esc}[99999999b`, 'x'],
    [
      'scrolling by far more than a screen',
      `${esc}[9999S${esc}[9999L${esc}[2T`,
      ['', `${esc}[20S${esc}[20L${esc}[2T`, `${esc}[200S${esc}[200L${esc}[2T`],
    ],
    ['movement beyond any screen', `${esc}[99999999B`, ''],
    [
      'a link to the web',
      `${esc}]8;id=1;https://example.com/a?b${esc}\\link${esc}]8;;${esc}\\`,
      `${esc}]8;;https://example.com/a?b${esc}\\link${esc}]8;;${esc}\\`,
    ],
    [
      'a link to a file',
      `${esc}]8;;file:///etc/passwd${esc}\\link${esc}]8;;${esc}\\`,
      `${esc}]8;;${esc}\\link${esc}]8;;${esc}\\`,
    ],
    ['a link to a command', `${esc}]8;;command:workbench.action.quit\x07link`, `${esc}]8;;${esc}\\link`],
    ['a link to a script', `${esc}]8;;javascript:alert(1)\x07link`, `${esc}]8;;${esc}\\link`],
    ['a link to this editor', `${esc}]8;;vscode://x/y\x07link`, `${esc}]8;;${esc}\\link`],
    ['a link with a control within', `${esc}]8;;https://a\x01b\x07link`, `${esc}]8;;${esc}\\link`],
    ['a sequence cut short by another', `${esc}[31${esc}[32m`, `${esc}[32m`],
    ['a string cut short by a sequence', `${esc}]0;x${esc}[32m`, `${esc}[32m`],
    ['a cancelled sequence', `${esc}[31\x18m`, 'm'],
    ['a control within a sequence', `${esc}[3\n1m`, `\n${esc}[31m`],
    ['parameters out of order', `${esc}[1?2m${esc}[ 1m`, ''],
    ['too long a sequence', `${esc}[${'1;'.repeat(300)}m`, ''],
    ['a title nested in a title', `${esc}]0;${esc}]0;x\x07y`, 'y'],
  ];

describe('What a foreign program prints', () => {
  for (const [what, text, becomes] of corpus) {
    const hostile = `a${text}z`;
    it(`keeps of ${what} only what is allowed, wherever it is cut`, () => {
      profiles.forEach((profile, index) => {
        const expected = `a${typeof becomes === 'string' ? becomes : (becomes[index] ?? '')}z`;
        assert.equal(new Sanitiser(profile).write(hostile), expected, profile);
        for (let at = 0; at <= hostile.length; at++) {
          const sanitiser = new Sanitiser(profile);
          const out = sanitiser.write(hostile.slice(0, at)) + sanitiser.write(hostile.slice(at));
          assert.equal(out, expected, `${profile}, cut at ${at}`);
        }
        const sanitiser = new Sanitiser(profile);
        const units = hostile.split('').map(unit => sanitiser.write(unit));
        assert.equal(units.join(''), expected, `${profile}, one by one`);
      });
    });
  }

  it('has no control sequence that is not allowed, whatever it consists of', () => {
    const parts = fc.constantFrom(
      ...[esc, '[', ']', 'P', '?', '>', '$', ';', '0', '52', '8', '1049', 'h', 'm', 'n', 'c', 't', 'q', 'J', ' '],
      ...['\\', '\x07', '\x9b', '\x9d', '\x9c', '\x90', '\x18', '\n', 'x', 'é', '👍', 'http://a', 'file:'],
    );
    const allowed =
      /\x1b\]8;;(?:https?:[!-~]*)?\x1b\\|\x1b\[[\d;:]*[@A-Zadefmsu`]|\x1b[DEM78]|[\n\r\t\b\v\f]|[^\x00-\x1f\x7f-\x9f]/gu;
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 60 }), texts => {
        const out = new Sanitiser('logs').write(texts.join(''));
        assert.equal(out.replace(allowed, ''), '');
      }),
      { numRuns: 2_000 },
    );
  });

  it('is checked in a time that grows only with its length', () => {
    for (const text of [
      `${esc}[1m`.repeat(250_000),
      `${esc}]0;`.repeat(250_000),
      `${esc}[`.repeat(500_000),
      'x'.repeat(1e6),
    ]) {
      const start = performance.now();
      new Sanitiser('logs').write(text);
      const took = performance.now() - start;
      assert.ok(took < 2_000, `${JSON.stringify(text.slice(0, 8))} took ${took} ms`);
    }
  });

  it('may hide what follows an unfinished string only to the end of the line', () => {
    assert.equal(new Sanitiser('logs').write(`${esc}]0;lost\nnext line`), '\nnext line');
  });
});

describe('After a program has ended', () => {
  const resets: readonly (readonly [what: string, text: string, reset: string])[] = [
    ['that left nothing', 'text\n', ''],
    ['mouse and paste modes', `${esc}[?1000;2004h`, `${esc}[?1000l${esc}[?2004l`],
    ['a hidden cursor', `${esc}[?25l`, `${esc}[?25h`],
    ['the other screen, which it left itself', `${esc}[?1049h${esc}[?1049l`, ''],
    ['the other screen', `${esc}[?1049h`, `${esc}[?1049l`],
  ];
  for (const [what, text, modes] of resets) {
    it(`the terminal is as before: ${what}`, () => {
      const sanitiser = new Sanitiser('shell');
      const touched = sanitiser.write(text).includes(esc);
      const rest = touched ? `${esc}[!p${esc}>${esc}[ q${esc}]8;;${esc}\\${esc}[m` : '';
      assert.equal(sanitiser.reset(), modes + rest);
      assert.equal(sanitiser.reset(), '');
    });
  }
});
