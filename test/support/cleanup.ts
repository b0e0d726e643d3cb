const pending = new Set<() => void>();
let installed = false;

/**
 * Runs a synchronous clean-up when this process ends for any reason that it can notice: its end, an uncaught error,
 * Ctrl+C, SIGTERM, a closed terminal. Returns a function that takes the clean-up out again.
 */
export function onExit(cleanUp: () => void): () => void {
  installHandlers();
  pending.add(cleanUp);
  return () => pending.delete(cleanUp);
}

function installHandlers(): void {
  if (installed) return;
  installed = true;
  process.on('exit', runAll);
  const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
  for (const [signal, code] of Object.entries(signals)) process.on(signal, () => process.exit(code));
}

function runAll(): void {
  for (const cleanUp of [...pending].reverse()) {
    try {
      cleanUp();
    } catch (error) {
      console.error('Clean-up failed:', error);
    }
  }
  pending.clear();
}
