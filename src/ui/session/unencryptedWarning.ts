import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';
import { isUnencrypted } from '../../engine/endpoints/address';
import { plain } from '../text';
import type { KnownEngines } from './knownEngines';

const key = 'warnedOfUnprotected';
const learnMoreUrl = 'https://docs.docker.com/engine/security/protect-access/';

/** Warns once, ever, about each address that is used without encryption beyond this machine. */
export function warnOfUnencrypted(engines: KnownEngines, memory: vscode.Memento): Disposable {
  const seen = new Set<string>();
  return engines.onDidChange(() => {
    for (const { session } of engines.entries) {
      const endpoint = session?.connection.engine?.endpoint;
      if (!endpoint || seen.has(endpoint.url)) continue;
      seen.add(endpoint.url);
      if (isUnencrypted(endpoint.address)) void warnOnce(endpoint.url, memory);
    }
  });
}

async function warnOnce(url: string, memory: vscode.Memento): Promise<void> {
  const warned = memory.get<readonly string[]>(key, []);
  if (warned.includes(url)) return;
  await memory.update(key, [...warned, url]);
  const learnMore = vscode.l10n.t('Learn More');
  const another = vscode.l10n.t('Use Another Engine…');
  const message = vscode.l10n.t(
    'The connection to {0} is not encrypted and asks for no password: whoever can reach this port, or read the traffic on the way, controls the engine and the machine that it runs on. An address with ssh:// or TLS is safe. This is told once for an address.',
    plain(url),
  );
  const answer = await vscode.window.showWarningMessage(message, learnMore, another);
  if (answer === learnMore) await vscode.env.openExternal(vscode.Uri.parse(learnMoreUrl));
  if (answer === another) await vscode.commands.executeCommand('quayside.engine.select');
}
