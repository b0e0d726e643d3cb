import * as vscode from 'vscode';
import { oneLine } from '../base/visible';
import type { Endpoint } from '../engine/endpoints/endpoint';
import { signalOf } from './progress';

const scheme = 'quayside-inspect';

/** Where a document comes from: enough to read it again, e.g. when VS Code restores it. */
export interface DocumentSource {
  /** The kind of the source, e.g. `container`. */
  kind: string;
  id: string;
  /** The engine that holds it; the document is never read from another one. The name shows in the document's path. */
  engine: Pick<Endpoint, 'id' | 'name'>;
}

/** Reads a document's text from the engine. Rejects with the sentence to show instead. */
type DocumentReader = (source: DocumentSource, signal: AbortSignal) => Promise<string>;

/** A document's title without extension, usually its object's name, and the extension, which gives the language. */
interface DocumentLook {
  name: string;
  extension: 'json' | 'txt' | 'log';
}

/** Read-only documents that show what the engine says. */
export class Documents implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #fresh = new Map<string, string>();
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);

  constructor(private readonly read: DocumentReader) {}

  /** Reads a document and shows it, also one that is open already. */
  async show(
    source: DocumentSource,
    { name, extension }: DocumentLook,
    signal: AbortSignal,
  ): Promise<vscode.TextDocument> {
    const uri = documentUri(source, `${name}.${extension}`);
    const text = await this.read(source, signal);
    signal.throwIfAborted();
    this.#fresh.set(uri.toString(), text);
    this.#changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: true });
    return document;
  }

  provideTextDocumentContent(uri: vscode.Uri, token: vscode.CancellationToken): Promise<string> {
    const fresh = this.#fresh.get(uri.toString());
    this.#fresh.delete(uri.toString());
    return fresh === undefined ? this.read(sourceOf(uri), signalOf(token)) : Promise.resolve(fresh);
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}

/** The last segment is the tab's title, the first one the engine's name. */
function documentUri({ kind, id, engine }: DocumentSource, title: string): vscode.Uri {
  const path = `/${segment(engine.name)}/${kind}/${encodeURIComponent(id)}/${segment(title)}`;
  return vscode.Uri.from({ scheme, path, query: engine.id });
}

/** A slash in a name would make two segments of it. */
function segment(name: string): string {
  return oneLine(name, 100).replace(/[\\/]/g, '∕');
}

function sourceOf({ path, query }: vscode.Uri): DocumentSource {
  const [, name = '', kind = '', id = ''] = path.split('/');
  return { kind, id: decodeURIComponent(id), engine: { id: query, name } };
}
