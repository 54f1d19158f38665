/**
 * The lenses above generator functions.
 */
import {
  CodeLens,
  type CodeLensProvider,
  type Disposable,
  type DocumentFilter,
  EventEmitter,
  languages,
  Range,
  type TextDocument,
  workspace,
} from "vscode";
import type { Way } from "../../core/ways";
import { Finder, type GeneratorFunction, languageOf, type TaskLine, type Unreachable } from "../../finder";
import { isOfOneLanguage } from "../../session/common/calls";
import { commandIds } from "../commandIds";
import { Disposables } from "../disposables";
import { plain } from "../plain";
import type { Sessions } from "../session/sessions";
import { section, settings } from "../settings";
import { documentText } from "./documentText";

/** Documents that can have tasks: files on disk, because a process has to load them. */
export const taskDocuments: readonly DocumentFilter[] = [
  "javascript",
  "javascriptreact",
  "typescript",
  "typescriptreact",
  "python",
].map((language) => ({
  language,
  scheme: "file",
}));

/** The argument that a lens passes to its command. */
export interface LensTarget {
  readonly uri: string;
  readonly generator: GeneratorFunction;
}

/** The argument that the lens of a `@tasks` or `@threads` comment passes to its command. */
export interface TaskLineTarget {
  readonly uri: string;
  readonly line: TaskLine;
}

export class Lenses implements CodeLensProvider, Disposable {
  readonly #finders = new Map<string, Finder>();
  readonly #changed = new EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changed.event;
  readonly #shown = new EventEmitter<string>();
  /** Fires when lenses of a file are shown, with its path. */
  readonly onDidShow = this.#shown.event;
  readonly #disposables = new Disposables();
  #sessionFile: string | undefined;

  constructor(readonly sessions: Sessions) {
    this.#disposables.add(languages.registerCodeLensProvider(taskDocuments, this));
    this.#disposables.add(workspace.onDidCloseTextDocument((document) => this.#finders.delete(document.uri.toString())));
    this.#disposables.add(workspace.onDidGrantWorkspaceTrust(() => this.#changed.fire()));
    this.#disposables.add(sessions.onDidChange(() => this.#sessionChanged()));
    this.#disposables.add(
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(section)) this.#changed.fire();
      }),
    );
  }

  provideCodeLenses(document: TextDocument): CodeLens[] {
    if (!settings.lenses() || !workspace.isTrusted) return [];
    const generators = this.find(document);
    const { taskLines = [], programStart } = this.#finders.get(document.uri.toString()) ?? {};
    if (generators.length > 0 || programStart) this.#shown.fire(document.fileName);
    return [
      ...generators.flatMap((generator) => this.#lensesOf(document, generator)),
      ...taskLines.map((line) => taskLineLens(document, line)),
      ...this.#unreachable(document).map(unreachableLens),
      ...(programStart ? [observeLens(document, programStart)] : []),
    ];
  }

  /** The generator functions of a document as it is now. */
  find(document: TextDocument): GeneratorFunction[] {
    const language = languageOf(document.fileName);
    if (!language) return [];
    const key = document.uri.toString();
    const finder = this.#finders.get(key) ?? new Finder(language);
    this.#finders.set(key, finder);
    return finder.update(documentText(document));
  }

  /** The comment lines of a document as it is now that name tasks. */
  taskLines(document: TextDocument): TaskLine[] {
    this.find(document);
    return this.#finders.get(document.uri.toString())?.taskLines ?? [];
  }

  /** The functions that cannot be called, in the text that was parsed last. */
  #unreachable(document: TextDocument): Unreachable[] {
    const finder = this.#finders.get(document.uri.toString());
    return finder?.unreachable.filter(({ name }) => name !== "") ?? [];
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #lensesOf(document: TextDocument, generator: GeneratorFunction): CodeLens[] {
    const range = rangeAt(generator);
    const target: LensTarget = { uri: document.uri.toString(), generator };
    const { rivals } = generator;
    const others = rivals ? ` (or the one on line ${rivals.join(", ")})` : "";
    const run = { title: `$(play) Run as cooperative task${others}`, command: commandIds.runTask, arguments: [target] };
    const add = { title: "$(add) Add to session", command: commandIds.addTask, arguments: [target] };
    const runWith = { title: "$(edit) Run with arguments…", command: commandIds.runTaskWith, arguments: [target] };
    const lenses = [run, ...(isOptional(generator) ? [runWith] : []), ...(this.canAdd(document) ? [add] : [])];
    return lenses.map((command) => new CodeLens(range, command));
  }

  /** Whether tasks of a document can be added to the current session. */
  canAdd(document: TextDocument): boolean {
    return this.#sessionFile !== undefined && canJoin(document, this.#sessionFile);
  }

  /** Lenses depend only on which file has a session, which does not change with every step. */
  #sessionChanged(): void {
    const session = this.sessions.current;
    const open = session?.hasSchedule && session.status !== "stopped" && session.status !== "failed";
    const file = open ? session.options.file : undefined;
    if (file === this.#sessionFile) return;
    this.#sessionFile = file;
    this.#changed.fire();
  }
}

/** Whether a function can be called with arguments, and without. */
function isOptional({ needsArguments, parameters }: GeneratorFunction): boolean {
  return !needsArguments && parameters.length > 0;
}

/** Whether a session can have tasks of a document: those of all files in the workspace with the session's language. */
function canJoin({ fileName, uri }: TextDocument, sessionFile: string): boolean {
  return fileName === sessionFile || (isOfOneLanguage(fileName, sessionFile) && workspace.getWorkspaceFolder(uri) !== undefined);
}

const nounOf: Readonly<Record<Way, string>> = { cooperative: "tasks", threads: "threads", processes: "processes" };

function taskLineLens({ uri }: TextDocument, line: TaskLine): CodeLens {
  const target: TaskLineTarget = { uri: uri.toString(), line };
  return line.problem
    ? refusalLens(line.problem, `Cannot run these tasks: ${line.problem.message}`)
    : new CodeLens(rangeAt(line), {
        title: `$(play) Run these ${nounOf[line.way]}`,
        command: commandIds.runTasks,
        arguments: [target],
      });
}

function observeLens({ uri }: TextDocument, at: At): CodeLens {
  const command = { command: commandIds.observe, arguments: [uri] };
  return new CodeLens(rangeAt(at), { title: "$(debug-step-over) Step this program's context switches", ...command });
}

function unreachableLens(unreachable: Unreachable): CodeLens {
  return refusalLens(unreachable, `Cannot be called as a task: ${unreachable.where}`, unreachable.remedy);
}

/** A place in a document; line and column count from 1. */
interface At {
  readonly line: number;
  readonly column: number;
}

/** A lens without a command, which only shows a text. */
export function refusalLens(at: At, why: string, remedy?: string): CodeLens {
  const tooltip = remedy === undefined ? {} : { tooltip: remedy };
  return new CodeLens(rangeAt(at), { title: `$(circle-slash) ${plain(why)}`, ...tooltip, command: "" });
}

/** Where the lens of a place is. */
export function rangeAt({ line, column }: At): Range {
  return new Range(line - 1, column - 1, line - 1, column - 1);
}
