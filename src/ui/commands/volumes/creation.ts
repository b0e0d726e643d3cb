import * as vscode from 'vscode';
import { text, textMap } from '../../../base/read';
import * as operations from '../../../engine/objects/volumes';
import { forTarget } from '../../actions/forEach';
import { lookUpAmong, made } from '../../actions/lostAnswer';
import { askText, choose } from '../../actions/pick';
import { Failure } from '../../failure';
import { volumes } from '../../objects/volumes';
import type { Handler } from '../../run';
import { connected } from '../../session/connected';
import type { Session } from '../../session/session';
import { quoted } from '../../text';
import { driversOf } from '../drivers';
import * as phrases from './phrases';

/**
 * Creates a volume and returns its name. A program gives the name, and `driver` and `labels` (an object) as options; a
 * person is asked for the name, and for the driver where there is a choice.
 */
export const create: Handler = async ({ call, session: sessions }) => {
  const session = sessions.current;
  await connected(session);
  const [given] = call.names;
  const name = given ?? (await askName(session));
  const driver = given === undefined ? await askDriver(session, name) : text(call.options['driver']) || undefined;
  const cause = unusable(name, session);
  if (cause !== undefined) throw new Failure(phrases.create.failed(quoted(name), cause));
  return forTarget(
    phrases.create,
    name,
    signal => operations.create(session.engine, { name, driver, labels: textMap(call.options['labels']), signal }),
    lookUpAmong(session, volumes, all => made(all, name)),
  );
};

function askName(session: Session): Promise<string> {
  const invalid = (name: string): string | undefined => unusable(name, session);
  return askText({ title: vscode.l10n.t('Name of the new volume'), invalid });
}

/** Asks only where the engine has more drivers than its own. */
async function askDriver({ engine }: Session, name: string): Promise<string | undefined> {
  const drivers = await driversOf(engine, 'Volume', { name, creation: phrases.create });
  if (drivers.length < 2) return undefined;
  return choose(
    vscode.l10n.t('Driver of the volume'),
    drivers.map(value => ({ label: value, value })),
  );
}

/**
 * Why a volume cannot have this name. The engine would return an existing volume of that name. The pattern is the
 * engine's.
 */
function unusable(name: string, { mirror }: Session): string | undefined {
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name)) {
    return vscode.l10n.t('a name has two characters at least, letters and digits, and from the second on also _ . -');
  }
  return mirror.get('volume', name) ? vscode.l10n.t('a volume named {0} exists', quoted(name)) : undefined;
}
