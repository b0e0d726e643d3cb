/** The signals of Linux by their numbers, from 1 on: a container's numbers are Linux's, whatever this machine runs. */
export const linuxSignals = [
  ...(['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGILL', 'SIGTRAP', 'SIGABRT', 'SIGBUS', 'SIGFPE'] as const),
  ...(['SIGKILL', 'SIGUSR1', 'SIGSEGV', 'SIGUSR2', 'SIGPIPE', 'SIGALRM', 'SIGTERM', 'SIGSTKFLT'] as const),
  ...(['SIGCHLD', 'SIGCONT', 'SIGSTOP', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU', 'SIGURG', 'SIGXCPU'] as const),
  ...(['SIGXFSZ', 'SIGVTALRM', 'SIGPROF', 'SIGWINCH', 'SIGIO', 'SIGPWR', 'SIGSYS'] as const),
] as const;

export type LinuxSignal = (typeof linuxSignals)[number];

/** The signal that ended a process, by the exit code that shells and engines make of it. */
export function signalOfExit(code: number): LinuxSignal | undefined {
  return linuxSignals[code - 129];
}
