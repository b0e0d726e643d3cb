import { type Json, text } from '../../../base/read';
import type { Engine } from '../../../engine/connection/engine';
import { isEngineError } from '../../../engine/errors';
import * as containers from '../../../engine/objects/containers/operations';
import * as images from '../../../engine/objects/images/operations';
import * as system from '../../../engine/objects/system';
import { runCommand } from '../../../engine/runCommand';
import { asDockerTells } from '../../../engine/runCommand/podman';
import { forTarget } from '../../actions/forEach';
import { targetOf } from '../../actions/targets';
import { containers as kind } from '../../objects/containers';
import type { Handler } from '../../run';
import { copyText } from '../copying';
import * as phrases from '../phrases';

/** Copies a `docker run` command that would make the same container, and returns it. */
export const copyRunCommand: Handler = async context => {
  const target = await targetOf(context, { kind, phrases: phrases.copy });
  const { engine } = context.session.current;
  const facts = await forTarget(phrases.copy, target.name, signal => readFacts(engine, target.id, signal));
  return copyText(runCommand(facts));
};

async function readFacts(engine: Engine, id: string, signal: AbortSignal): Promise<Parameters<typeof runCommand>[0]> {
  const container = await containers.inspect(engine, id, { signal });
  const [image, info] = await Promise.all([
    readImage(engine, text(container['Image']), signal),
    system.info(engine, { signal }),
  ]);
  return { container: engine.identity.flavour === 'podman' ? asDockerTells(container) : container, image, info };
}

/** Nothing when the image is gone: the command then repeats all that the image would bring. */
async function readImage(engine: Engine, id: string, signal: AbortSignal): Promise<Json> {
  try {
    return await images.inspect(engine, id, { signal });
  } catch (error) {
    if (isEngineError(error, 'notFound')) return {};
    throw error;
  }
}
