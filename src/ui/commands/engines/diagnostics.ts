import * as vscode from 'vscode';
import type { Handler } from '../../run';
import { diagnostics } from '../../status/diagnostics';

/** Copies and returns a report for those who maintain Quayside, without names of containers and without secrets. */
export const copyDiagnostics: Handler = async ({ call, context, engines, requests, session }) => {
  await engines.refresh();
  const { extension } = context;
  const report = diagnostics({ extension, engines, requests, session: session.current });
  await vscode.env.clipboard.writeText(report);
  if (!call.fromProgram) vscode.window.setStatusBarMessage(`$(copy) ${vscode.l10n.t('Diagnostics copied')}`, 3_000);
  return report;
};
