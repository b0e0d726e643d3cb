import * as vscode from 'vscode';
import { record, records, text } from '../base/read';
import { Documents } from './documents';
import { Failure, isCanceled } from './failure';
import { run } from './run';
import type { Services } from './services';
import { connected } from './session/connected';
import { causeOf, ofAnotherEngine } from './text';
import { isViewCommand } from './trees/resource/viewCommands';

/** How long after a view was opened the commands are loaded: its rows come first. */
const afterRowsMs = 500;

/**
 * Registers the manifest's commands on objects and on the engine. Their code is a bundle of its own, which is loaded
 * when the first of them is called.
 */
export function registerCommands(services: Services): vscode.Disposable {
  const documents = new Documents(async (source, signal) => {
    try {
      const engine = await connected(services.session.current);
      if (source.engine.id !== engine.endpoint.id) throw new Failure(ofAnotherEngine(source.engine.name));
      const { readDocument } = await import('./commands');
      return await readDocument(engine, source, signal);
    } catch (error) {
      throw error instanceof Failure || isCanceled(error) ? error : new Failure(causeOf(error), { cause: error });
    }
  });
  const registrations = commandIds(services.context).map(id =>
    vscode.commands.registerCommand(id, (...args: unknown[]) =>
      run({ ...services, documents }, id, async context => (await handlerOf(id))(context), args),
    ),
  );
  const profiles = vscode.window.registerTerminalProfileProvider('quayside.shell', {
    async provideTerminalProfile() {
      const { shellProfile } = await import('./commands');
      return shellProfile({ ...services, documents });
    },
  });
  return vscode.Disposable.from(documents, profiles, ...registrations);
}

/** Loads the commands soon after one of the views was opened, so that the first click on a row need not wait. */
export function loadCommandsWhenSeen(views: Iterable<vscode.TreeView<unknown>>): vscode.Disposable {
  let timer: NodeJS.Timeout | undefined;
  const subscriptions = [...views].map(view =>
    view.onDidChangeVisibility(() => {
      timer ??= setTimeout(() => void import('./commands'), afterRowsMs);
    }),
  );
  return vscode.Disposable.from(...subscriptions, { dispose: () => clearTimeout(timer) });
}

function commandIds({ extension }: vscode.ExtensionContext): string[] {
  const { contributes } = record(extension.packageJSON);
  const ids = records(record(contributes)['commands']).map(({ command }) => text(command));
  return ids.filter(id => !isViewCommand(id));
}

async function handlerOf(id: string): Promise<(typeof import('./commands'))['commandTable'][string]> {
  const { commandTable } = await import('./commands');
  const handler = commandTable[id];
  if (!handler) throw new Error(`The command table has no ${id}`);
  return handler;
}
