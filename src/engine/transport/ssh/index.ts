export { SshDialer } from './dialer';
export { SshMemory, type SshOptions } from './memory';
export type { Prompter, Question } from './questions';
