/**
 * The lenses above the setups in a setup file, and above files that have several setups.
 */
import { CodeLens, type CodeLensProvider, type Disposable, EventEmitter, languages, type TextDocument, workspace } from "vscode";
import { SetupError } from "../../session/setup/setups";
import { commandIds } from "../commandIds";
import { Disposables } from "../disposables";
import { type SetupTarget, setupsOf } from "../session/workspaceSetups";
import { section, settings } from "../settings";
import { CompareLenses } from "./compareLenses";
import { rangeAt, refusalLens } from "./lenses";

export class SetupLenses implements CodeLensProvider, Disposable {
  readonly #disposables = new Disposables();
  readonly #changed = this.#disposables.add(new EventEmitter<void>());
  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor() {
    this.#disposables.add(new CompareLenses());
    const files = { scheme: "file", pattern: "**/.vscode/yieldpoint.json" };
    this.#disposables.add(languages.registerCodeLensProvider(files, this));
    this.#disposables.add(workspace.onDidGrantWorkspaceTrust(() => this.#changed.fire()));
    this.#disposables.add(
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(section)) this.#changed.fire();
      }),
    );
  }

  provideCodeLenses(document: TextDocument): CodeLens[] {
    if (!settings.lenses() || !workspace.isTrusted) return [];
    const { entries, problem } = setupsOf(document);
    if (problem) return [lensOf(problem)];
    return entries.map(({ name, place, setup }) => {
      if (setup instanceof SetupError) return lensOf(setup);
      const target: SetupTarget = { uri: document.uri.toString(), name };
      return new CodeLens(rangeAt(place), { title: "$(play) Run setup", command: commandIds.runSetup, arguments: [target] });
    });
  }

  dispose(): void {
    this.#disposables.dispose();
  }
}

function lensOf({ message, remedy, failure: { line = 1, column = 1 } }: SetupError): CodeLens {
  return refusalLens({ line, column }, `Cannot be run: ${message}`, remedy);
}
