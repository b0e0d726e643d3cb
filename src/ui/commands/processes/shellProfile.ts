import type * as vscode from 'vscode';
import { targetOf } from '../../actions/targets';
import { type CommandContext, run, type RunParts } from '../../run';
import { processTerminal } from '../../terminals/processes/processTerminal';
import { shelling, shellTerminal, startedOrOffered } from './opening';

const id = 'quayside.shell';

/** A terminal profile for VS Code's own menu: asks for a container, and opens a shell in it. */
export async function shellProfile(context: RunParts): Promise<vscode.TerminalProfile | undefined> {
  let profile: vscode.TerminalProfile | undefined;
  const open = async (asked: CommandContext): Promise<void> => {
    const target = await targetOf(asked, shelling);
    const { terminals, processes } = await asked.lateTerminals.load();
    const { terminal, started } = processTerminal({ session: asked.session, processes }, shellTerminal(target, {}));
    void run(context, id, () => startedOrOffered(asked, started, target), []);
    profile = terminals.profile(terminal);
  };
  await run(context, id, open, []);
  return profile;
}
