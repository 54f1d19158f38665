/**
 * The lens above a generator function with live tasks: how many they are, and where. It stands only after the lenses that run the function, so
 * that nothing moves when tasks come and go. A click goes to the task that runs next.
 */
import {
  CodeLens,
  type CodeLensProvider,
  type Disposable,
  EventEmitter,
  Location,
  languages,
  Position,
  type TextDocument,
  window,
  workspace,
} from "vscode";
import { functionAt, type GeneratorFunction } from "../../finder";
import { viewOf } from "../../session/view/view";
import { Disposables } from "../disposables";
import type { Sessions } from "../session/sessions";
import { settings } from "../settings";
import { fileThatRan } from "./fileThatRan";
import { rangeAt, taskDocuments } from "./lenses";
import { type LiveTask, liveTitle, placesInOrder, tasksByFunction } from "./liveTasks";
import { isSameFile } from "./sameFile";
import { offsetOf, variablesOf } from "./variablesOf";

/** While tasks run, the lenses are updated at this interval in milliseconds at most: a text that changes all the time cannot be read. */
const runningMillis = 1_000;

/** A function with live tasks. */
interface Titled {
  readonly generator: GeneratorFunction;
  readonly title: string;
  readonly tasks: readonly LiveTask[];
}

export class LiveTaskLenses implements CodeLensProvider, Disposable {
  readonly #disposables = new Disposables();
  readonly #changed = this.#disposables.add(new EventEmitter<void>());
  readonly onDidChangeCodeLenses = this.#changed.event;
  #shown = "";
  #fired = 0;

  constructor(
    readonly sessions: Sessions,
    readonly find: (document: TextDocument) => GeneratorFunction[],
  ) {
    this.#disposables.add(languages.registerCodeLensProvider(taskDocuments, this));
    this.#disposables.add(sessions.onDidChangeCalmly(() => this.#update()));
  }

  provideCodeLenses(document: TextDocument): CodeLens[] {
    return this.#titlesIn(document).map(({ generator, title, tasks }) => {
      const places = placesInOrder(tasks).map(({ line, column }) => new Position(line - 1, Math.max(0, column - 1)));
      const locations = places.map((place) => new Location(document.uri, place));
      const command = "editor.action.goToLocations";
      return new CodeLens(rangeAt(generator), { title, command, arguments: [document.uri, places[0], locations, "gotoAndPeek"] });
    });
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #update(): void {
    const isRunning = this.sessions.active?.shownStatus === "running";
    if (isRunning && performance.now() - this.#fired < runningMillis) return;
    const titles = window.visibleTextEditors.map(({ document }) => {
      return this.#titlesIn(document).map(({ generator, title, tasks }) => `${generator.line} ${title} ${tasks[0]?.line}`);
    });
    const shown = titles.join("\n");
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#fired = performance.now();
    this.#changed.fire();
  }

  #titlesIn(document: TextDocument): Titled[] {
    const { active } = this.sessions;
    const file = active && settings.lenses() && workspace.isTrusted ? fileThatRan(document, active) : undefined;
    const all = file === undefined ? undefined : variablesOf(document)?.functions;
    if (!active || !all || file === undefined) return [];
    const view = viewOf(active);
    const tasks = tasksByFunction(view, (at) => {
      return isSameFile(at.file, file) ? functionAt(all, offsetOf(document, at), at.function)?.from : undefined;
    });
    if (tasks.size === 0) return [];
    const isRacing = view.status === "running" && view.speed === undefined;
    return this.find(document).flatMap((generator) => {
      const start = offsetOf(document, generator);
      const own = tasks.get(all.find(({ from }) => from >= start)?.from ?? -1);
      return own ? [{ generator, tasks: own, title: liveTitle(own, !isRacing) }] : [];
    });
  }
}
