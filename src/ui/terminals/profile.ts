/**
 * What a foreign program may do to its terminal:
 * - `lines`: colours and links, for text beside text of others
 * - `logs`: also movement and erasing
 * - `shell`: also what full-screen programs need: the other screen, application keys, bracketed paste, mouse, cursor
 *
 * None of them may set a title, write to the clipboard, ask the terminal for a report (the answer would be typed into the
 * program), load colours, or make links to anything but http(s).
 */
export type Profile = 'lines' | 'logs' | 'shell';
