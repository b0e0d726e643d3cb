/** What endpoints depend on; given explicitly so that it can be tested anywhere. */
export interface Environment {
  env: Readonly<Record<string, string | undefined>>;
  platform: NodeJS.Platform;
  home: string;
  /** The user's id, where the platform has such. */
  uid?: number | undefined;
}

/** An environment variable; undefined when it is empty, as docker's own client has it. */
export function variable({ env }: Environment, name: string): string | undefined {
  const value = env[name]?.trim();
  return value === '' ? undefined : value;
}
