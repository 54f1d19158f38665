/**
 * The lens above the first line of a file that has several setups: it compares them.
 */
import { CodeLens, type CodeLensProvider, type Disposable, EventEmitter, languages, type TextDocument, workspace } from "vscode";
import { commandIds } from "../commandIds";
import { Disposables } from "../disposables";
import { setupsFor } from "../session/workspaceSetups";
import { section, settings } from "../settings";
import { comparableOf } from "./comparableSetups";
import { rangeAt, taskDocuments } from "./lenses";

export class CompareLenses implements CodeLensProvider, Disposable {
  readonly #disposables = new Disposables();
  readonly #changed = this.#disposables.add(new EventEmitter<void>());
  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor() {
    const changed = () => this.#changed.fire();
    this.#disposables.add(languages.registerCodeLensProvider(taskDocuments, this));
    this.#disposables.add(workspace.onDidGrantWorkspaceTrust(changed));
    this.#disposables.add(
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(section)) changed();
      }),
    );
    const watcher = this.#disposables.add(workspace.createFileSystemWatcher("**/.vscode/yieldpoint.json"));
    for (const listen of [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete]) this.#disposables.add(listen(changed));
  }

  async provideCodeLenses({ uri, fileName }: TextDocument): Promise<CodeLens[]> {
    if (!settings.lenses() || !workspace.isTrusted) return [];
    const own = comparableOf(await setupsFor(fileName), fileName);
    if (own.length < 2) return [];
    const title = `$(compare-changes) Compare ways of working (${own.length} setups)`;
    return [new CodeLens(rangeAt({ line: 1, column: 1 }), { title, command: commandIds.compareWays, arguments: [uri] })];
  }

  dispose(): void {
    this.#disposables.dispose();
  }
}
