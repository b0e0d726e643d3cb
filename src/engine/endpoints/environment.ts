/** What endpoints depend on. It is passed in, so that tests run anywhere. */
export interface Environment {
  env: Readonly<Record<string, string | undefined>>;
  platform: NodeJS.Platform;
  home: string;
  /** The user's id, on platforms that have one. */
  uid?: number | undefined;
}

/** An environment variable. An empty one is undefined, as in docker's own client. */
export function variable({ env }: Environment, name: string): string | undefined {
  const value = env[name]?.trim();
  return value === '' ? undefined : value;
}
