/** The shells that most containers have, in the order in which they are tried. */
export const usualShells: readonly string[] = ['bash', 'ash', 'sh'];

/** The same for a container of Windows. */
export const windowsShells: readonly string[] = ['powershell', 'cmd'];
