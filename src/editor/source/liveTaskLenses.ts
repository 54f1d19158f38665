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
import { type LiveTask, liveTitle, placesInOrder } from "./liveTitle";
import { isSameFile } from "./sameFile";
import { offsetOf, variablesOf } from "./variablesOf";

/** While tasks run, the lenses are updated at this interval in milliseconds at most: a text that changes all the time cannot be read. */
const runningMillis = 1_000;

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
    return [...this.#titlesIn(document)].map(([generator, { title, tasks }]) => {
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
      return [...this.#titlesIn(document)].map(([{ line }, { title, tasks }]) => `${line} ${title} ${tasks[0]?.line}`);
    });
    const shown = titles.join("\n");
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#fired = performance.now();
    this.#changed.fire();
  }

  #titlesIn(document: TextDocument): Map<GeneratorFunction, { readonly title: string; readonly tasks: readonly LiveTask[] }> {
    const { active } = this.sessions;
    const titles = new Map<GeneratorFunction, { title: string; tasks: LiveTask[] }>();
    const file = active && settings.lenses() && workspace.isTrusted ? fileThatRan(document, active) : undefined;
    const all = file === undefined ? undefined : variablesOf(document)?.functions;
    if (!active || !all || file === undefined) return titles;
    const view = viewOf(active);
    /** The tasks of each function, by where it begins. */
    const byFunction = new Map<number, LiveTask[]>();
    const known = new Map<string, number | undefined>();
    for (const { id, state, stack } of view.tasks) {
      const own = new Map<number, LiveTask>();
      for (const at of stack) {
        const key = `${at.line} ${at.column} ${at.function} ${at.file}`;
        if (!known.has(key)) {
          const code = isSameFile(at.file, file) ? functionAt(all, offsetOf(document, at), at.function) : undefined;
          known.set(key, code?.from);
        }
        const from = known.get(key);
        // Of several frames of a function, the innermost one counts, which is the first.
        if (from !== undefined && !own.has(from)) own.set(from, { ...at, isNew: state === "created", isNext: id === view.next });
      }
      for (const [from, task] of own) {
        const tasks = byFunction.get(from);
        if (tasks) tasks.push(task);
        else byFunction.set(from, [task]);
      }
    }
    const isRacing = view.status === "running" && view.speed === undefined;
    for (const generator of byFunction.size === 0 ? [] : this.find(document)) {
      const start = offsetOf(document, generator);
      const from = all.find((each) => each.from >= start)?.from ?? -1;
      const tasks = byFunction.get(from);
      if (tasks) titles.set(generator, { title: liveTitle(tasks, !isRacing), tasks });
    }
    return titles;
  }
}
