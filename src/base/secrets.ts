/** What is shown instead of a secret. */
export const mask = '***';

/**
 * Masks the credentials of the addresses in a text: `tcp://user:word@host?token=x` becomes `tcp://***@host?***`. An ssh
 * address keeps its user, which is no secret and tells logins apart.
 */
export function withoutSecrets(text: string): string {
  return withoutLogins(text, () => true);
}

/** Each pattern is bounded or consumes what it reads, so that the time grows only in proportion to the text. */
function withoutLogins(text: string, isSecret: (query: string) => boolean): string {
  return text
    .replace(
      /\bssh:\/\/([^\s:/@]{0,256}:)(\S+)/gi,
      (_all, user: string, rest: string) => `ssh://${user}${fromLogin(rest)}`,
    )
    .replace(/\b([a-z][a-z0-9+.-]{0,20}):\/\/([^\s“”"'<>]+)/gi, (_all, scheme: string, rest: string) => {
      const address = /^(?:ssh|unix|npipe)$/i.test(scheme) ? rest : fromLogin(rest);
      const query = address.indexOf('?') + 1;
      return `${scheme}://${query > 0 && isSecret(address.slice(query)) ? address.slice(0, query) + mask : address}`;
    })
    .replace(/(^|[\s“"'(=])[^\s:/@“"'(=]{1,256}:[^\s/@]{1,1024}@(?!sha\d{3}:)/g, `$1${mask}@`);
}

function fromLogin(address: string): string {
  const end = address.lastIndexOf('@');
  return end < 0 ? address : mask + address.slice(end);
}

const secretWords =
  /(?:^|[^a-z])(?:pass(?:wor[dt]|wd|phrase|code)?|pwd|pw|secrets?|tokens?|credentials?|creds|auth|authorization|dsn|salt|jwt|cookie|signature|webhook)(?:[^a-z]|$)|password|passwd|secret|token|requirepass|masterauth|basicauth[^a-z]?users|(?:api|access|private|encryption|signing|master|account|license)[^a-z]?keys?(?:[^a-z]|$)/i;
/** Names of facts about a secret: where it is, how it is made, whether there is one. */
const aboutSecrets =
  /(?:[_.-]|^)(?:FILE|PATH|DIR|NAME|USER|TYPE|ALGORITHM|METHOD|URL|URI|ENDPOINT|ISSUER|TTL|LIFETIME|EXPIRY|EXPIRES(?:_IN)?|LENGTH|SIZE|ENABLED|REQUIRED|HEADER)$/i;
/** Private keys, JSON web tokens, and tokens of GitHub, GitLab, Slack, AWS, Google, Stripe, npm and the like. */
const secretShapes =
  /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----(?:(?!-----END )[^])*(?:-----END [A-Z ]{0,40}PRIVATE KEY-----)?|(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*|\b(?:gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|xox[abprs]-[\w-]{10,}|(?:AKIA|ASIA)[A-Z0-9]{16}|AIza[\w-]{30,}|[sr]k_(?:live|test)_\w{10,}|npm_\w{30,}|sk-[\w-]{20,})/g;
/** How much of a name is looked at, in characters. */
const mostLooked = 4_096;

/** Whether a value should be hidden until somebody asks for it, by its name: that of a variable, key or flag. */
export function looksSecret(name: string, value: string): boolean {
  if (loginFlag.test(name)) return /^["']?[^\s:/]{1,256}:(?!\d+$)./.test(value);
  return namesSecret(name) && !/^(?:|true|false|yes|no|on|off|\d|none|null)$/i.test(value);
}

/** Flags that take a name and a password, as curl does; in other programs they take a user and a group. */
const loginFlag = /^(?:-u|--(?:proxy-)?user)$/;

function namesSecret(name: string): boolean {
  const words = name.slice(0, mostLooked).replace(/([a-z0-9])([A-Z])/g, '$1_$2');
  return secretWords.test(words) && !aboutSecrets.test(words);
}

/** A value as it may be shown with its name. When the name tells that it is a secret, only the mask. */
export function maskedValue(name: string, value: string): string {
  if (looksSecret(name, value)) return mask;
  return name === 'o' ? value.split(',').map(maskedWord).join(',') : maskedText(value);
}

/** The words of a command, or `NAME=value` lines, as they may be shown. A flag can hide the word after it too. */
export function maskedWords(words: readonly string[]): string[] {
  return words.map((word, index) => {
    const before = words[index - 1] ?? '';
    const isFlagged = /^--?[\w.-]{1,256}$/.test(before) && !word.startsWith('-');
    return isFlagged && looksSecret(before, word) ? mask : maskedWord(word);
  });
}

function maskedWord(word: string): string {
  const [, name = '', value = ''] = /^([^=\s]{1,256})=([^]*)$/.exec(word) ?? [];
  return looksSecret(name, value) ? `${name}=${mask}` : maskedText(word);
}

/**
 * A text as it may be shown. Masks the logins and secret queries of addresses, what has the shape of a key or token,
 * and what follows a name that looks secret (`password=…`, `--token …`, `Authorization: …`, `"apiKey": …`).
 */
export function maskedText(text: string): string {
  const rest = withoutLogins(text.replace(secretShapes, mask), query => secretQuery.test(query));
  return withoutNamed(rest);
}

const secretQuery = /password|passwd|secret|token|sig|key/i;
const names =
  /(?<![\w.-])(?:(--?[\w.-]{1,256})\s{1,8}(?!-)|([\w.-]{1,256})(?:\\?["']?\s{0,8}={1,2}\s{0,8}|\\?["']\s{0,8}:\s{0,8}|:\s{1,8}))/g;
/** What follows a name: in quotes, or up to a space, a comma or the like. What follows a flag ends at a space only. */
const namedValue =
  /(?:(?:Bearer|Basic|Digest|Token)\s{1,8})?(?:"(?:[^"\\]|\\[^]){0,65536}"?|'[^']*'?|[^\s,;&]*[^\s,;&"')\]}])/iy;
const flaggedValue = /"(?:[^"\\]|\\[^]){0,65536}"?|'[^']*'?|\S*[^\s"')\]}]/y;

function withoutNamed(text: string): string {
  let shown = '';
  let done = 0;
  for (const match of text.matchAll(names)) {
    const [all, flag = '', assigned = ''] = match;
    const name = flag || assigned;
    if (match.index < done || !(loginFlag.test(name) || namesSecret(name))) continue;
    const begin = match.index + all.length;
    const shape = name.startsWith('-') ? flaggedValue : namedValue;
    shape.lastIndex = begin;
    const [value = ''] = shape.exec(text) ?? [];
    if (!looksSecret(name, value)) continue;
    shown += text.slice(done, begin) + mask;
    done = begin + value.length;
  }
  return shown + text.slice(done);
}
