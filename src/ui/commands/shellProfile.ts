import * as vscode from 'vscode';
import { type CommandContext, run } from '../run';
import { processTerminal } from '../terminals/processTerminal';
import { targetOf } from '../targets';
import { shelling, shellTerminal, startedOrOffered } from './containerShells';

const id = 'quayside.shell';

/** What VS Code's own menu of new terminals offers: a shell in a container that is asked for. */
export async function shellProfile(context: Parameters<typeof run>[0]): Promise<vscode.TerminalProfile | undefined> {
  let profile: vscode.TerminalProfile | undefined;
  const open = async (asked: CommandContext): Promise<void> => {
    const target = await targetOf(asked, shelling);
    const { terminal, started } = processTerminal(asked, shellTerminal(target, {}));
    void run(context, id, () => startedOrOffered(asked, started, target), []);
    const options = asked.terminals.optionsOf(terminal);
    showOnceMade(options.pty);
    profile = new vscode.TerminalProfile(options);
  };
  await run(context, id, open, []);
  return profile;
}

/** VS Code makes the terminal of a profile, but leaves it in the background where it is an extension's own. */
function showOnceMade(pty: vscode.Pseudoterminal): void {
  const subscription = vscode.window.onDidOpenTerminal(terminal => {
    if (!('pty' in terminal.creationOptions) || terminal.creationOptions.pty !== pty) return;
    subscription.dispose();
    terminal.show();
  });
}
