/**
 * Creates a task in a session, from a lens or the palette.
 */
import { basename } from "node:path";
import { type TextDocument, Uri, window, workspace } from "vscode";
import { type GeneratorFunction, languageOf, type TaskLine } from "../../finder";
import { callIn, isOfOneLanguage } from "../../session/common/calls";
import type { Session } from "../../session/session";
import { reveal } from "../feedback";
import { showFailure } from "../messages";
import type { PanelHost } from "../panels/panelHost";
import { startSession, startTask } from "../panels/sessionStarts";
import type { AskedCalls, CallUse } from "../prompts/callBox";
import {
  askCall,
  askTaskLine,
  askThread,
  askThreads,
  askWhich,
  type CallPurpose,
  isTrusted,
  savedFirst,
} from "../prompts/taskPrompts";
import { conditionsOf } from "../session/newSession";
import type { Sessions } from "../session/sessions";
import type { Lenses, LensTarget, TaskLineTarget } from "../source/lenses";
import { isSameFile } from "../source/sameFile";

interface Chosen {
  readonly document: TextDocument;
  readonly generator: GeneratorFunction;
}

export class Tasks {
  constructor(
    readonly sessions: Sessions,
    readonly lenses: Lenses,
    readonly panel: PanelHost,
  ) {}

  /** Starts a new session with one task. */
  async runTask(target?: LensTarget): Promise<void> {
    const chosen = await this.#choose(target);
    if (!chosen || !(await savedFirst(chosen.document))) return;
    await this.#startAsked(chosen);
  }

  /** The same, with arguments that the user gives even if none are needed. The tasks can be added to the current session instead. */
  async runTaskWith(target?: LensTarget): Promise<void> {
    const chosen = await this.#choose(target);
    if (chosen && (await savedFirst(chosen.document))) await this.#startAsked(chosen, { isToBeEdited: true });
  }

  /** Starts a new session with calls of functions in the open file, which run as threads. */
  async runThreads(again?: string): Promise<void> {
    if (!(await isTrusted())) return;
    const document = window.activeTextEditor?.document;
    const language = document?.uri.scheme === "file" ? languageOf(document.fileName) : undefined;
    if (!document || !language)
      return void showFailure("Threads run functions of a file. Open a JavaScript, TypeScript or Python file.");
    if (!(await savedFirst(document))) return;
    const line = await askThreads(this.sessions.context.workspaceState, document.fileName, language, again);
    if (!line) return;
    this.panel.show();
    const { fileName: file, isDirty: stale } = document;
    const calls = line.calls.map(({ call }) => call);
    const conditions = conditionsOf("threads");
    await startSession(this.sessions, { file, calls, conditions, stale }, () => this.runThreads(calls.join(" ")));
  }

  /** Adds a task to the current session, if it is a session of the same language. Waits if a session is just starting. */
  async addTask(target?: LensTarget): Promise<void> {
    await this.sessions.starts.settled;
    const session = this.sessions.current;
    if (!session) return this.runTask(target);
    if (!target && session.run.threads) return this.#addThread(session);
    const chosen = await this.#choose(target ?? fileToAddFrom(session));
    if (!chosen) return;
    // The session's own file was loaded already.
    const isOwn = isSameFile(chosen.document.fileName, session.options.file);
    if (!isOwn && !(await savedFirst(chosen.document))) return;
    await this.#addAsked(session, chosen);
  }

  /** Starts a new session with the tasks that a comment line names. A call that fails can be corrected in that line. */
  async runTasks(given?: unknown): Promise<void> {
    if (!(await isTrusted())) return;
    const target = isTaskLine(given) ? given : undefined;
    const document = target ? await workspace.openTextDocument(Uri.parse(target.uri)) : window.activeTextEditor?.document;
    const line = document && (await this.#lineIn(document, target));
    if (!line) return;
    const placed = (place: { readonly line: number; readonly column: number }) => ({ ...place, file: document.fileName });
    if (line.problem) {
      void showFailure(`These tasks cannot be run: ${line.problem.message}.`);
      return reveal(placed(line.problem));
    }
    if (!(await savedFirst(document))) return;
    this.panel.show();
    const calls = line.calls.map(({ call }) => call);
    await startSession(this.sessions, {
      file: document.fileName,
      calls,
      conditions: conditionsOf(line.way),
      places: line.calls.map(placed),
      stale: document.isDirty,
    });
  }

  /** The text may have changed since the lens was made, so the comment is looked up by its line. */
  async #lineIn(document: TextDocument, target: TaskLineTarget | undefined): Promise<TaskLine | undefined> {
    const lines = document.uri.scheme === "file" ? this.lenses.taskLines(document) : [];
    if (target) return lines.find(({ line }) => line === target.line.line) ?? target.line;
    if (lines.length > 0) return askTaskLine(lines);
    void showFailure(
      `No line of ${workspace.asRelativePath(document.uri)} names tasks. Write one in a comment, such as @tasks counter() counter(), @threads add() add(), or @processes counter() counter().`,
    );
    return undefined;
  }

  /** @param asked how to ask, or calls that failed */
  async #startAsked(chosen: Chosen, asked: Partial<CallPurpose> = {}): Promise<void> {
    const session = this.sessions.current;
    const added = session && this.lenses.canAdd(chosen.document) ? [addingTo(session)] : [];
    const answer = await this.#ask(chosen, { ...asked, uses: [starting, ...added] });
    if (answer?.use !== starting) return answer && session && this.#add(session, chosen, answer.calls);
    const { fileName: file, isDirty: stale } = chosen.document;
    this.panel.show();
    const { calls, text: again } = answer;
    await startSession(this.sessions, { file, calls, stale }, () => this.#startAsked(chosen, { again }));
  }

  /** @param again calls that failed, to be corrected */
  async #addAsked(session: Session, chosen: Chosen, again?: string): Promise<void> {
    const answer = await this.#ask(chosen, { again, uses: [addingTo(session)] });
    if (answer) await this.#add(session, chosen, answer.calls);
  }

  /** Adds tasks one after another, up to the first that fails. */
  async #add(session: Session, chosen: Chosen, calls: readonly string[]): Promise<void> {
    this.panel.show();
    const { file } = session.options;
    const { fileName } = chosen.document;
    for (const [index, call] of calls.entries()) {
      const text = isSameFile(fileName, file) ? call : callIn(fileName, call, file);
      const edit = () => this.#addAsked(session, chosen, calls.slice(index).join("; "));
      if (!(await startTask(this.sessions, session, text, edit))) return;
    }
  }

  /** A thread runs any call, so it is typed. @param again a call that failed, to be corrected */
  async #addThread(session: Session, again = session.calls.at(-1) ?? ""): Promise<void> {
    if (!(await isTrusted())) return;
    const call = await askThread(session.options.file, again);
    if (call === undefined) return;
    this.panel.show();
    await startTask(this.sessions, session, call, () => this.#addThread(session, call));
  }

  #ask({ document, generator }: Chosen, purpose: CallPurpose): Promise<AskedCalls | undefined> {
    return askCall(this.sessions.context.workspaceState, document, generator, purpose);
  }

  async #choose(target: LensTarget | string | undefined): Promise<Chosen | undefined> {
    if (!(await isTrusted())) return undefined;
    if (typeof target === "object") return this.#again(target);
    const document = target === undefined ? window.activeTextEditor?.document : await workspace.openTextDocument(target);
    return document && this.#askIn(document);
  }

  /** The text may have changed since the lens was made, so its function is looked up by name. */
  async #again({ uri, generator }: LensTarget): Promise<Chosen> {
    const document = await workspace.openTextDocument(Uri.parse(uri));
    const now = this.lenses.find(document).find(({ name }) => name === generator.name);
    return { document, generator: now ?? generator };
  }

  async #askIn(document: TextDocument): Promise<Chosen | undefined> {
    const generators = document.uri.scheme === "file" ? this.lenses.find(document) : [];
    if (generators.length === 0) {
      void showFailure(
        `There is no generator function to run in ${workspace.asRelativePath(document.uri)}. Open a saved file that has one.`,
      );
      return undefined;
    }
    const editor = window.visibleTextEditors.find((one) => one.document === document);
    const generator = await askWhich(generators, (editor?.selection.active.line ?? 0) + 1);
    return generator && { document, generator };
  }
}

const starting: CallUse = { icon: "play", does: "Start a session" };

function addingTo({ options: { file } }: Session): CallUse {
  return { icon: "add", does: `Add to the session of ${basename(file)}` };
}

/** The open file, if its tasks can be in the session; otherwise the session's own file. */
function fileToAddFrom({ options: { file } }: Session): string {
  const open = window.activeTextEditor?.document;
  const canJoin = open?.uri.scheme === "file" && languageOf(open.fileName) && isOfOneLanguage(open.fileName, file);
  return canJoin ? open.fileName : file;
}

function isTaskLine(given: unknown): given is TaskLineTarget {
  return typeof given === "object" && given !== null && "uri" in given && "line" in given;
}
