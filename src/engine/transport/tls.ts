import net from 'node:net';
import type { Duplex } from 'node:stream';
import tls from 'node:tls';
import { shortName, type TcpAddress, type TlsFiles } from '../endpoints/address';
import { fileProblem, readPlainFile } from '../endpoints/plainFile';
import type { FileProblem, Reason } from '../errorCodes';
import { connectionClosed, EngineError, errorCode } from '../errors';
import type { Dialer } from './dialer';
import { connectTcp } from './tcp';

/** Connections over TLS, with the certificates that are on disk when it is opened. */
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
    const reason = tlsReason(error, shortName(this.address), this.files);
    if (reason === undefined) return error;
    return new EngineError(isRefusal(saidOf(error)) ? 'unauthorized' : 'unreachable', reason, { cause: error });
  }

  close(): void {
    this.#closed = true;
    this.#secure = undefined;
  }

  #connect(secureContext: tls.SecureContext): Duplex {
    const { host } = this.address;
    const socket = connectTcp(this.address);
    const servername = net.isIP(host) ? '' : host; // A server name is never an address.
    const rejectUnauthorized = !this.files.skipVerify;
    const secure = tls.connect({ socket, host, servername, secureContext, rejectUnauthorized });
    socket.once('error', error => secure.destroy(error));
    return secure;
  }
}

async function secureContext({ ca, cert, key }: TlsFiles): Promise<tls.SecureContext> {
  const [caPem, certPem, keyPem] = await Promise.all([ca, cert, key].map(pem));
  if (key && keyPem?.includes('ENCRYPTED')) throw new EngineError('invalid', { code: 'keyHasPassphrase', key });
  if (cert && certPem && !keyPem) throw new EngineError('invalid', { code: 'certificateWithoutKey', cert });
  const own = certPem && keyPem ? { cert: certPem, key: keyPem } : {};
  try {
    return tls.createSecureContext({ ...(caPem && { ca: caPem }), ...own, minVersion: 'TLSv1.2' });
  } catch (error) {
    const files = [ca, cert, key].filter(file => file !== undefined);
    const said = error instanceof Error ? error.message : '';
    throw new EngineError('invalid', { code: 'certificatesUnusable', files, said }, { cause: error });
  }
}

async function pem(file: string | undefined): Promise<Buffer | undefined> {
  if (file === undefined) return undefined;
  try {
    return await readPlainFile(file);
  } catch (error) {
    const problem: FileProblem = errorCode(error) === 'ENOENT' ? { kind: 'absent' } : fileProblem(error);
    throw new EngineError('invalid', { code: 'certificateFileUnusable', file, problem }, { cause: error });
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
 * Why a handshake failed, in OpenSSL's words, e.g. `tlsv1 alert unknown ca`; '' for another error. Electron's BoringSSL
 * writes the same words as names. The error's code does not tell: it is EPROTO while a request is written.
 */
function saidOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const [, said] = /:SSL routines:[^:]*:([^:]+)/.exec(error.message) ?? [];
  return said?.toLowerCase().replaceAll('_', ' ') ?? saidOf(error.cause);
}

/** Whether the engine refuses the client's certificate, or that there is none. */
function isRefusal(said: string): boolean {
  return /alert (?:.*certificate.*|unknown ca|access denied|handshake failure)$/.test(said);
}

function tlsReason(error: unknown, where: string, files: TlsFiles): Reason | undefined {
  const code = errorCode(error);
  if (unknownAuthority.has(code)) return { code: 'certificateUntrusted', where, ca: files.ca };
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return { code: 'certificateExpired', where };
    case 'CERT_NOT_YET_VALID':
      return { code: 'certificateNotYetValid', where };
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return { code: 'certificateOfOtherHost', where, names: namesIn(error) };
    default:
      return handshakeReason(saidOf(error), where, files);
  }
}

function handshakeReason(said: string, where: string, { cert }: TlsFiles): Reason | undefined {
  if (isRefusal(said)) {
    return cert
      ? { code: 'clientCertificateRefused', where, cert, expired: said.endsWith('expired') }
      : { code: 'clientCertificateWanted', where };
  }
  if (/wrong version number|packet length too long|http request/.test(said)) return { code: 'tlsNotSpoken', where };
  if (/alert protocol version|unsupported protocol/.test(said)) return { code: 'tlsTooOld', where };
  return said ? { code: 'tlsFailed', where, said } : undefined;
}

/** The names in a certificate, or ''. Its issuer may have chosen any text. */
function namesIn(error: unknown): string {
  const { cert } = error as { cert?: tls.PeerCertificate };
  const common = cert?.subject.CN;
  return (cert?.subjectaltname ?? (Array.isArray(common) ? common.join(', ') : common) ?? '').slice(0, 200);
}
