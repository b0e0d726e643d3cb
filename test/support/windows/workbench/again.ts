const attempts = 5;
/** How long each attempt has, in milliseconds. */
export const attemptLimit = 6_000;

/** What VS Code opens for a moment closes when something else is drawn or focused meanwhile: then it is opened again. */
export async function again(work: (timeout: number) => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await work(attemptLimit);
      return;
    } catch (error) {
      if (attempt === attempts) throw error;
    }
  }
}
