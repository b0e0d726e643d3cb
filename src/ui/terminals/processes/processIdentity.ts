import { readFileSync } from 'node:fs';

/** Identifies a process of this machine for good: its id alone may later be that of another process. */
export interface ProcessIdentity {
  pid: number;
  /** When it started, in the system's units; empty if the system does not tell. */
  started: string;
}

export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, started: startTimeOf(process.pid) };
}

export function isRunning({ pid, started }: ProcessIdentity): boolean {
  if (pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return started === '' || startTimeOf(pid) === started;
}

/** The 22nd field of Linux’ /proc/PID/stat; what is in parentheses may hold spaces. */
function startTimeOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
