import { readFile } from 'node:fs/promises';
import type { Duplex } from 'node:stream';
import tls from 'node:tls';
import { shortName, type TcpAddress, type TlsFiles } from './address';
import { EngineError, errorCode } from './errors';
import { connectTcp } from './tcp';
import type { Dialer } from './transport';

/** Connections over TLS, with the certificates as they lie on disk when it is opened. */
export class TlsDialer implements Dialer {
  #context: Promise<void> | undefined;
  #secure: tls.SecureContext | undefined;

  constructor(
    private readonly address: TcpAddress,
    private readonly files: TlsFiles,
  ) {}

  async open(): Promise<void> {
    this.#context ??= secureContext(this.files).then(context => {
      this.#secure = context;
    });
    try {
      await this.#context;
    } catch (error) {
      this.#context = undefined;
      throw error;
    }
  }

  connect(): Duplex | Promise<Duplex> {
    return this.#secure ? this.#connect(this.#secure) : this.open().then(() => this.connect());
  }

  explain(error: unknown): unknown {
    const sentence = tlsSentence(error, shortName(this.address), this.files);
    if (sentence === undefined) return error;
    return new EngineError(isRefusal(errorCode(error)) ? 'unauthorized' : 'unreachable', sentence, { cause: error });
  }

  close(): void {
    this.#secure = undefined;
  }

  #connect(secureContext: tls.SecureContext): Duplex {
    const { host } = this.address;
    const socket = connectTcp(this.address);
    const secure = tls.connect({ socket, host, secureContext, rejectUnauthorized: !this.files.skipVerify });
    socket.once('error', error => secure.destroy(error));
    return secure;
  }
}

async function secureContext({ ca, cert, key }: TlsFiles): Promise<tls.SecureContext> {
  const [caPem, certPem, keyPem] = await Promise.all([ca, cert, key].map(pem));
  if (keyPem?.includes('ENCRYPTED')) {
    throw new EngineError('invalid', `The key ${key} is protected by a passphrase, which engines’ clients cannot use`);
  }
  if (certPem && !keyPem) throw new EngineError('invalid', `The client certificate ${cert} has no key beside it`);
  const own = certPem && keyPem ? { cert: certPem, key: keyPem } : {};
  try {
    return tls.createSecureContext({ ...(caPem && { ca: caPem }), ...own, minVersion: 'TLSv1.2' });
  } catch (error) {
    const files = [ca, cert, key].filter(file => file !== undefined).join(', ');
    const cause = error instanceof Error ? error.message : 'unknown error';
    throw new EngineError('invalid', `The certificates ${files} cannot be used: ${cause}`, { cause: error });
  }
}

async function pem(file: string | undefined): Promise<Buffer | undefined> {
  if (file === undefined) return undefined;
  try {
    return await readFile(file);
  } catch (error) {
    const cause = errorCode(error) === 'ENOENT' ? 'it does not exist' : (error as Error).message;
    throw new EngineError('invalid', `The certificate file ${file} cannot be read: ${cause}`, { cause: error });
  }
}

const unknownAuthority = new Set([
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
]);

/** An alert with which the engine refuses the client's certificate or the lack of one. */
function isRefusal(code: string): boolean {
  return /^ERR_SSL_.*_ALERT_(?:.*CERTIFICATE.*|UNKNOWN_CA|ACCESS_DENIED|HANDSHAKE_FAILURE)$/.test(code);
}

function tlsSentence(error: unknown, where: string, { ca, cert }: TlsFiles): string | undefined {
  const code = errorCode(error);
  if (unknownAuthority.has(code)) {
    return `The certificate of ${where} is not signed by ${ca ? `the authority in ${ca}` : 'an authority that this system knows'}`;
  }
  if (isRefusal(code)) {
    return cert
      ? `${where} refuses the client certificate ${cert}${code.endsWith('EXPIRED') ? ': it has expired' : ''}`
      : `${where} wants a client certificate, and none is given`;
  }
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return `The certificate of ${where} has expired`;
    case 'CERT_NOT_YET_VALID':
      return `The certificate of ${where} is not valid yet; is this computer’s clock right?`;
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `The certificate of ${where} is for another host: ${namesIn(error)}`;
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
    case 'EPROTO':
      return `${where} does not speak TLS`;
    default:
      return undefined;
  }
}

/** The names in a certificate, which its issuer may have chosen freely. */
function namesIn(error: unknown): string {
  const { cert } = error as { cert?: tls.PeerCertificate };
  const common = cert?.subject.CN;
  return (cert?.subjectaltname ?? (Array.isArray(common) ? common.join(', ') : common) ?? 'it names none').slice(
    0,
    200,
  );
}
