/**
 * What a foreign program may do to its terminal:
 * - `lines`: colours and links, for text that stands beside that of others
 * - `logs`: also movement and erasing
 * - `shell`: also what full-screen programs need: the other screen, application keys, bracketed paste, mouse, cursor
 *
 * None may set a title, write the clipboard, ask the terminal for reports (its answer would be typed into the program),
 * load colours, or make links to anything but http(s).
 */
export type Profile = 'lines' | 'logs' | 'shell';
