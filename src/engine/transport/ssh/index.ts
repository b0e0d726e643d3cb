export { SshDialer } from './dialer';
export type { SshOptions } from './answers';
export { SshMemory } from './memory';
export type { Prompter, Question } from './questions';
