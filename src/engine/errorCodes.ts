/**
 * The codes of all failures that the rooms below `ui` name, each with the facts for its sentence. `ui/errors` has one
 * sentence for each code. `said` always holds the words of somebody else (the system, ssh, OpenSSL), unchanged.
 */
export interface ErrorFacts {
  canceled: None;

  // Requests and their answers
  connectionClosed: None;
  connectionBroke: { errno: string };
  connectFailed: { errno: ConnectErrno; where: string };
  requestFailed: None;
  /** No answer came within this many milliseconds. */
  deadline: { ms: number };
  /** An answer with a failing status and no text. */
  statusAnswered: { method: string; path: string; status: number };
  answerNotJson: { path: string };
  answerTooLarge: { path: string };
  streamWithoutFrames: None;
  streamBroke: None;

  // The connection that is kept to an engine
  noEngineYet: None;
  anotherEngineChosen: None;
  anotherEngineConnected: None;
  anotherVersionAnswers: None;
  apiVersionUnknown: None;
  engineTooOld: { flavour: Flavour; version: string; speaksUpTo: string; needed: string };
  engineTooNew: { flavour: Flavour; version: string; speaksFrom: string; known: string };
  eventStreamClosed: None;
  machineSlept: None;
  noLongerFollowed: None;
  onlyNewConnectionsAnswered: None;

  // Operations
  containerNotRunning: None;
  exitCodeMissing: None;
  execIdMissing: None;
  killCommandMissing: None;
  processGone: None;
  processIdUnknown: None;
  shellRunsNothing: None;

  // Endpoints
  addressInvalid: { text: string; problem: AddressProblem };
  schemeUnsupported: { text: string; scheme: string };
  contextNotFound: { name: string };
  /** `name` is empty if the context's file does not tell it. */
  contextUnusable: { name: string; problem: FileProblem };
  configurationUnusable: { file: string; problem: FileProblem };
  engineNameReserved: { name: string };

  // TCP and TLS
  hostSilent: { where: string; ms: number };
  keyHasPassphrase: { key: string };
  certificateWithoutKey: { cert: string };
  certificateFileUnusable: { file: string; problem: FileProblem };
  certificatesUnusable: { files: readonly string[]; said: string };
  certificateExpired: { where: string };
  certificateNotYetValid: { where: string };
  /** `names` are the names in the certificate, or empty. */
  certificateOfOtherHost: { where: string; names: string };
  /** `ca` is the file with the trusted authorities. Without it, the system's own were trusted. */
  certificateUntrusted: { where: string; ca?: string | undefined };
  clientCertificateRefused: { where: string; cert: string; expired: boolean };
  clientCertificateWanted: { where: string };
  tlsNotSpoken: { where: string };
  tlsTooOld: { where: string };
  tlsFailed: { where: string; said: string };

  // ssh
  hostKeyChanged: { where: SshPlace };
  hostKeyUnknown: { where: SshPlace };
  sshConnectFailed: { host: string; port: string; said: string };
  sshConnectFailedOnTheWay: { where: SshPlace; said: string };
  sshHostUnresolved: { host: string };
  sshSilent: { where: SshPlace };
  sshKeyReadableByOthers: { key: string };
  /** `methods` are the ways to log in that the host offers, in ssh's words. */
  sshRefused: { where: SshPlace; methods: string };
  sshTooManyKeys: { where: SshPlace };
  sshDisagrees: { where: SshPlace; said: string };
  sshHungUp: { where: SshPlace };
  sshOptionUnknown: { option: string };
  sshMissing: None;
  sshFailed: { where: string; said: string };
  sshLoginEnded: { where: string };
  sshLoginSlow: { where: string; ms: number };
  sshQuestionUnanswered: { question: string };
  sshClosed: None;
  sshEnded: None;
  sshSocketForbidden: { where: string; socket: string };
  sshForwardsNothing: { where: string };
  sshEngineAbsent: { where: string; socket: string };
  /** `said` may be empty. */
  sshEngineSilent: { where: string; said: string };
}

type None = object;

type Flavour = 'docker' | 'podman';

/** The system's codes for a failed connection that have words of their own. */
export const connectErrnos = [
  ...(['ENOENT', 'ECONNREFUSED', 'EACCES', 'EPERM', 'ENOTFOUND', 'EAI_AGAIN'] as const),
  ...(['ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'] as const),
] as const;
export type ConnectErrno = (typeof connectErrnos)[number];

/** What is wrong with an engine's address. */
export type AddressProblem = 'socketPath' | 'pipeName' | 'tcpForm' | 'sshForm' | 'sshPassword' | 'sshSocketPath';

/** Why a file cannot be used. */
export type FileProblem =
  | { kind: 'absent' | 'notAFile' | 'tooLarge' | 'notJson' | 'misplaced' | 'withoutDockerEndpoint' }
  | { kind: 'unreadable'; said: string }
  | { kind: 'unusable'; reason: Reason };

/** Where a login failed: at the host itself, or at a jump host on the way. `name` is empty if ssh does not tell it. */
export interface SshPlace {
  name: string;
  onTheWayTo?: string | undefined;
}

export type ErrorCode = keyof ErrorFacts;

/** A code with its facts. */
export type Coded<C extends ErrorCode = ErrorCode> = { [K in C]: { readonly code: K } & Readonly<ErrorFacts[K]> }[C];

/**
 * Why something failed: a code with its facts, or the words of somebody else (an engine, ssh, the system), unchanged.
 */
export type Reason = Coded | { readonly code?: undefined; readonly said: string };

/** A reason for developers, e.g. `contextNotFound name="gone"`. People read the sentence that `ui` makes of it. */
export function technicalText(reason: Reason): string {
  if (reason.code === undefined) return reason.said;
  const { code, ...facts } = reason;
  const words = Object.entries(facts).filter(([, value]) => value !== undefined);
  return [code, ...words.map(([name, value]) => `${name}=${JSON.stringify(value)}`)].join(' ');
}
