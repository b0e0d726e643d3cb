const hidden = '***';

/**
 * Text without the credentials that addresses in it carry: `tcp://user:word@host?token=x` becomes `tcp://***@host?***`.
 * An ssh address keeps its user, which is no secret and tells logins apart. The bounds keep the time proportional to the text.
 */
export function withoutSecrets(text: string): string {
  return text
    .replace(/\bssh:\/\/([^\s:/@]{0,256}):\S{0,1024}@/gi, `ssh://$1:${hidden}@`)
    .replace(/\b(?!ssh:|unix:|npipe:)([a-z][a-z0-9+.-]{0,20}):\/\/[^\s“”"'<>]{0,1024}@/gi, `$1://${hidden}@`)
    .replace(/(^|[\s“"'(=])[^\s:/@“"'(=]{1,256}:[^\s/@]{1,1024}@(?!sha\d{3}:)/g, `$1${hidden}@`)
    .replace(/\b([a-z][a-z0-9+.-]{0,20}:\/\/[^\s?“”"'<>]{0,1024})\?[^\s“”"'<>]+/gi, `$1?${hidden}`);
}

const secretWords =
  /(?:^|[^a-z])(?:pass(?:wor[dt]|wd|phrase|code)?|pwd|pw|secrets?|tokens?|credentials?|creds|auth|dsn|salt|jwt|cookie|signature|webhook)(?:[^a-z]|$)|password|passwd|secret|token|(?:api|access|private|encryption|signing|master|account|license)[^a-z]?keys?(?:[^a-z]|$)/i;
/** Names that speak of a secret without holding it: where it lies, how it is made, whether there is one. */
const aboutSecrets =
  /(?:_|^)(?:FILE|PATH|DIR|NAME|USER|TYPE|ALGORITHM|METHOD|URL|URI|ENDPOINT|ISSUER|TTL|LIFETIME|EXPIRY|EXPIRES(?:_IN)?|LENGTH|SIZE|ENABLED|REQUIRED|HEADER)$/i;
/** Private keys, JSON web tokens, and what GitHub, GitLab, Slack, AWS, Google, Stripe, npm and their like give out. */
const secretShapes =
  /-----BEGIN [A-Z ]*PRIVATE KEY-----|^eyJ[\w-]{8,}\.[\w-]{8,}\.|\b(?:gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|xox[abprs]-[\w-]{10,}|(?:AKIA|ASIA)[A-Z0-9]{16}|AIza[\w-]{30,}|[sr]k_(?:live|test)_\w{10,}|npm_\w{30,}|sk-[\w-]{20,})/;
/** No token is longer; a private key begins with its own mark. */
const mostLooked = 4_096;

/** Whether the value of a variable should not be shown before it is asked for, by its name or its shape. */
export function looksSecret(name: string, value: string): boolean {
  if (value === '') return false;
  const head = value.slice(0, mostLooked);
  const addresses = head.replace(/\?[^\s“”"'<>]*/g, query =>
    /password|passwd|secret|token|sig|key/i.test(query) ? query : '',
  );
  if (secretShapes.test(head) || withoutSecrets(addresses) !== addresses) return true;
  const words = name.slice(0, mostLooked).replace(/([a-z0-9])([A-Z])/g, '$1_$2');
  return (
    secretWords.test(words) && !aboutSecrets.test(words) && !/^(?:true|false|yes|no|on|off|\d|none|null)$/i.test(value)
  );
}
