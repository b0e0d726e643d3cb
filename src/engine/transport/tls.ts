import net from 'node:net';
import type { Duplex } from 'node:stream';
import tls from 'node:tls';
import { shortName, type TcpAddress, type TlsFiles } from '../endpoints/address';
import { readPlainFile, Unusable } from '../endpoints/plainFile';
import { connectionClosed, EngineError, errorCode } from '../errors';
import type { Dialer } from './dialer';
import { connectTcp } from './tcp';

/** Connections over TLS, with the certificates as they lie on disk when it is opened. */
export class TlsDialer implements Dialer {
  #context: Promise<void> | undefined;
  #secure: tls.SecureContext | undefined;
  #closed = false;

  constructor(
    private readonly address: TcpAddress,
    private readonly files: TlsFiles,
  ) {}

  async open(): Promise<void> {
    if (this.#closed) throw connectionClosed();
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
    if (this.#closed) return Promise.reject(connectionClosed());
    return this.#secure ? this.#connect(this.#secure) : this.open().then(() => this.connect());
  }

  explain(error: unknown): unknown {
    if (error instanceof EngineError) return error;
    const sentence = tlsSentence(error, shortName(this.address), this.files);
    if (sentence === undefined) return error;
    return new EngineError(isRefusal(reasonOf(error)) ? 'unauthorized' : 'unreachable', sentence, { cause: error });
  }

  close(): void {
    this.#closed = true;
    this.#secure = undefined;
  }

  #connect(secureContext: tls.SecureContext): Duplex {
    const { host } = this.address;
    const socket = connectTcp(this.address);
    const servername = net.isIP(host) ? '' : host; // Which is never an address.
    const rejectUnauthorized = !this.files.skipVerify;
    const secure = tls.connect({ socket, host, servername, secureContext, rejectUnauthorized });
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
    return await readPlainFile(file);
  } catch (error) {
    if (error instanceof Unusable) throw new EngineError('invalid', `The certificate file ${file} ${error.message}`);
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

/**
 * Why a handshake failed, in OpenSSL's words, e.g. `tlsv1 alert unknown ca`; '' when it is another error. Electron's
 * BoringSSL has the same words as names. The code of the error does not tell: it is EPROTO while a request is written.
 */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const [, reason] = /:SSL routines:[^:]*:([^:]+)/.exec(error.message) ?? [];
  return reason?.toLowerCase().replaceAll('_', ' ') ?? reasonOf(error.cause);
}

/** An alert with which the engine refuses the client's certificate or the lack of one. */
function isRefusal(reason: string): boolean {
  return /alert (?:.*certificate.*|unknown ca|access denied|handshake failure)$/.test(reason);
}

function tlsSentence(error: unknown, where: string, files: TlsFiles): string | undefined {
  const code = errorCode(error);
  if (unknownAuthority.has(code)) {
    return `The certificate of ${where} is not signed by ${files.ca ? `the authority in ${files.ca}` : 'an authority that this system knows'}`;
  }
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return `The certificate of ${where} has expired`;
    case 'CERT_NOT_YET_VALID':
      return `The certificate of ${where} is not valid yet; is this computer’s clock right?`;
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `The certificate of ${where} is for another host: ${namesIn(error)}`;
    default:
      return handshakeSentence(reasonOf(error), where, files);
  }
}

function handshakeSentence(reason: string, where: string, { cert }: TlsFiles): string | undefined {
  if (isRefusal(reason)) {
    return cert
      ? `${where} refuses the client certificate ${cert}${reason.endsWith('expired') ? ': it has expired' : ''}`
      : `${where} wants a client certificate, and none is given`;
  }
  if (/wrong version number|packet length too long|http request/.test(reason)) return `${where} does not speak TLS`;
  if (/alert protocol version|unsupported protocol/.test(reason)) return `${where} does not speak TLS 1.2 or newer`;
  return reason ? `The TLS handshake with ${where} failed: ${reason}` : undefined;
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
