import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../processes';

/** A private certificate authority in a folder, made with openssl. */
export interface Authority {
  /** The path of its certificate. */
  readonly ca: string;
  /** Makes a certificate and its key; `names` are like `IP:127.0.0.1`. A certificate for 0 days has expired. */
  issue(name: string, options: CertificateOptions): Promise<{ cert: string; key: string }>;
}

export interface CertificateOptions {
  usage: 'serverAuth' | 'clientAuth';
  names?: string;
  expired?: boolean;
}

export async function makeAuthority(folder: string, name = 'ca'): Promise<Authority> {
  const [ca, caKey] = [join(folder, `${name}.pem`), join(folder, `${name}-key.pem`)];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  await run('openssl', ['req', '-x509', ...curve, '-subj', `/CN=${name}`, '-days', '2', '-keyout', caKey, '-out', ca]);
  return {
    ca,
    async issue(subject, { usage, names, expired = false }) {
      const [cert, key] = [join(folder, `${subject}.pem`), join(folder, `${subject}-key.pem`)];
      const [request, extensions] = [join(folder, `${subject}.csr`), join(folder, `${subject}.ext`)];
      await run('openssl', ['req', '-new', ...curve, '-subj', `/CN=${subject}`, '-keyout', key, '-out', request]);
      const lines = [`extendedKeyUsage=${usage}`, ...(names ? [`subjectAltName=${names}`] : [])];
      await writeFile(extensions, `${lines.join('\n')}\n`);
      const signing = [
        'x509',
        '-req',
        '-in',
        request,
        '-CA',
        ca,
        '-CAkey',
        caKey,
        '-CAcreateserial',
        '-extfile',
        extensions,
      ];
      await run('openssl', [...signing, '-days', expired ? '-1' : '2', '-out', cert]);
      return { cert, key };
    },
  };
}

/** Protects a key in a file by a passphrase, and returns the new file. */
export async function protectKey(key: string, passphrase: string): Promise<string> {
  const target = `${key}.protected`;
  await run('openssl', ['pkcs8', '-topk8', '-in', key, '-out', target, '-passout', `pass:${passphrase}`]);
  return target;
}

/** Replaces one file by another, as the renewal of a certificate does. */
export async function replaceFile(file: string, by: string): Promise<void> {
  await writeFile(`${file}.new`, await readFile(by));
  await rename(`${file}.new`, file);
}
