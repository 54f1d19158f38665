/**
 * Synchronizes breakpoints in the editor's margin with the session's. They take effect on lines where a task can be suspended. Changes made
 * in the panel are made in the margin too.
 */
import { type Disposable, debug, SourceBreakpoint } from "vscode";
import type { EditorLine } from "../../session/run/breakpoints";
import type { Session } from "../../session/session";
import { Disposables } from "../disposables";
import type { Sessions } from "../session/sessions";

const python = /\.py$/i;
const javascript = /\.[cm]?[jt]sx?$/i;

export class MarginBreakpoints implements Disposable {
  readonly #disposables = new Disposables();
  #session: Session | undefined;

  constructor(readonly sessions: Sessions) {
    this.#disposables.add(debug.onDidChangeBreakpoints(() => this.#pass()));
    this.#disposables.add(sessions.onDidChange(() => this.#sessionChanged()));
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #sessionChanged(): void {
    if (this.sessions.current === this.#session) return;
    this.#session = this.sessions.current;
    this.#pass();
  }

  #pass(): void {
    const { current } = this.sessions;
    current?.breakpoints.replaceEditorLines(linesFor(current.options.file));
  }
}

/** Enables or disables a breakpoint, in the margin too. */
export function setBreakpoint(session: Session, id: number, enabled: boolean): void {
  const mark = inMarginOf(session, id);
  if (mark) {
    debug.removeBreakpoints([mark]);
    debug.addBreakpoints([new SourceBreakpoint(mark.location, enabled, mark.condition, mark.hitCondition, mark.logMessage)]);
  } else {
    session.breakpoints.set(id, enabled);
  }
}

/** Removes a breakpoint, in the margin too. */
export function removeBreakpoint(session: Session, id: number): void {
  const mark = inMarginOf(session, id);
  if (mark) debug.removeBreakpoints([mark]);
  else session.breakpoints.remove(id);
}

function inMarginOf(session: Session, id: number): SourceBreakpoint | undefined {
  const wanted = session.breakpoints.list.find((each) => each.id === id);
  if (!wanted?.fromEditor) return undefined;
  return inMargin().find((each) => fileOf(each) === wanted.file && lineOf(each) === wanted.line);
}

/** The breakpoint lines of all files that a session of this file may load: all files of its language. */
function linesFor(file: string): EditorLine[] {
  const language = python.test(file) ? python : javascript;
  return inMargin()
    .filter((each) => language.test(fileOf(each)))
    .map((each) => ({
      file: fileOf(each),
      line: lineOf(each),
      enabled: each.enabled,
      ...(each.condition ? { expression: each.condition } : {}),
    }));
}

function inMargin(): SourceBreakpoint[] {
  return debug.breakpoints.filter(
    (each) => each instanceof SourceBreakpoint && each.location.uri.scheme === "file",
  ) as SourceBreakpoint[];
}

function fileOf({ location }: SourceBreakpoint): string {
  return location.uri.fsPath;
}

/** The line counted from 1, as a session counts. */
function lineOf({ location }: SourceBreakpoint): number {
  return location.range.start.line + 1;
}
