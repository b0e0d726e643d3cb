import * as vscode from 'vscode';
import { type CommandContext, run } from '../run';
import { processTerminal } from '../terminals/processTerminal';
import { targetOf } from '../targets';
import { shelling, shellTerminal } from './containerShells';

const id = 'quayside.shell';

/** What VS Code's own menu of new terminals offers: a shell in a container that is asked for. */
export async function shellProfile(context: Parameters<typeof run>[0]): Promise<vscode.TerminalProfile | undefined> {
  let profile: vscode.TerminalProfile | undefined;
  const open = async (asked: CommandContext): Promise<void> => {
    const { terminal, started } = processTerminal(asked, shellTerminal(await targetOf(asked, shelling), {}));
    void run(context, id, () => started, []);
    profile = new vscode.TerminalProfile(asked.terminals.optionsOf(terminal));
  };
  await run(context, id, open, []);
  return profile;
}
