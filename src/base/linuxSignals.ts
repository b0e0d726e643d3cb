/** The signals of Linux in the order of their numbers, from 1 on. Containers use these numbers on every machine. */
export const linuxSignals = [
  ...(['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGILL', 'SIGTRAP', 'SIGABRT', 'SIGBUS', 'SIGFPE'] as const),
  ...(['SIGKILL', 'SIGUSR1', 'SIGSEGV', 'SIGUSR2', 'SIGPIPE', 'SIGALRM', 'SIGTERM', 'SIGSTKFLT'] as const),
  ...(['SIGCHLD', 'SIGCONT', 'SIGSTOP', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU', 'SIGURG', 'SIGXCPU'] as const),
  ...(['SIGXFSZ', 'SIGVTALRM', 'SIGPROF', 'SIGWINCH', 'SIGIO', 'SIGPWR', 'SIGSYS'] as const),
] as const;

export type LinuxSignal = (typeof linuxSignals)[number];

/** The signal that ended a process. Shells and engines make an exit code of it. */
export function signalOfExit(code: number): LinuxSignal | undefined {
  return linuxSignals[code - 129];
}
