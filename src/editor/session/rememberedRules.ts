/**
 * Keeps breakpoints, watches, the policy, what is asked when exploring and what counts as a task with the workspace, per file, and restores them in the next session of the same
 * file.
 */
import * as v from "valibot";
import type { Disposable } from "vscode";
import { decisions } from "../../core/decisions";
import type { Recording } from "../../session/openedRecording";
import { usualPolicy } from "../../session/order/policies";
import type { Session } from "../../session/session";
import { Disposables } from "../disposables";
import { report } from "../feedback";
import { showWarning } from "../messages";
import type { Sessions } from "./sessions";

const rulesKey = "yieldpoint.rules";

/** The maximum number of files whose rules are kept in a workspace. */
const maxFiles = 100;

/** Breakpoints are stored undecoded: the session decodes them itself. */
const Rules = v.object({
  file: v.string(),
  breakpoints: v.array(v.unknown()),
  watches: v.array(v.string()),
  policy: v.optional(v.string()),
  check: v.optional(v.string()),
  invariant: v.optional(v.string()),
  // Which ones there are is part of what sessions load, not of what the extension loads when it starts.
  functions: v.optional(
    v.record(
      v.string(),
      v.lazy(() => v.picklist(decisions)),
    ),
  ),
});
type Rules = v.InferOutput<typeof Rules>;

export class RememberedRules implements Disposable {
  readonly #disposables = new Disposables();
  /** The rules stored last for each session. */
  readonly #kept = new WeakMap<Session, string>();
  /** The sessions of before a reload that have their rules again. */
  readonly #reminded = new WeakSet<Recording>();

  constructor(readonly sessions: Sessions) {
    this.#disposables.add(sessions.onDidCreate((session) => this.#restore(session)));
    this.#disposables.add(sessions.onDidChange(() => this.#sessionChanged()));
    this.#sessionChanged();
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #sessionChanged(): void {
    const { current, restored } = this.sessions;
    if (current) this.#keep(current);
    else if (restored && !this.#reminded.has(restored)) this.#remind(restored);
  }

  /** What was asked is there again even before the session is. */
  #remind(recording: Recording): void {
    this.#reminded.add(recording);
    const { check = "", invariant = "" } = this.#rulesOf(recording.options.file) ?? {};
    recording.asked = { check, invariant };
    this.sessions.touch();
  }

  #restore(session: Session): void {
    const rules = this.#rulesOf(session.options.file);
    session.breakpoints.restore(rules?.breakpoints ?? []);
    for (const expression of rules?.watches ?? []) session.watches.add(expression);
    session.exploration.restore({ check: rules?.check ?? "", invariant: rules?.invariant ?? "" });
    session.decided.restore(rules?.functions ?? {});
    // A policy's file may have been deleted in the meantime.
    if (rules?.policy !== undefined) session.order.setPolicy(rules.policy).catch(report);
    this.#kept.set(session, JSON.stringify(rulesOf(session)));
  }

  #keep(session: Session): void {
    const rules = rulesOf(session);
    const text = JSON.stringify(rules);
    const before = this.#kept.get(session);
    if (before === undefined || text === before) return; // a session of a setup is not listed: it has the rules of its setup
    this.#kept.set(session, text);
    const others = this.#read().filter((each) => each.file !== rules.file);
    const { file, functions: _, ...rest } = rules;
    const isEmpty = !rules.functions && Object.values(rest).every((rule) => rule.length === 0);
    const all = [...others.slice(1 - maxFiles), ...(isEmpty ? [] : [rules])];
    this.sessions.context.workspaceState.update(rulesKey, all).then(undefined, (error: Error) => {
      void showWarning(
        `Breakpoints, watches, the policy, the check and what counts as a task could not be saved with the workspace: ${error.message}`,
      );
    });
  }

  #rulesOf(of: string): Rules | undefined {
    return this.#read().find(({ file }) => file === of);
  }

  #read(): Rules[] {
    const read = v.safeParse(v.array(Rules), this.sessions.context.workspaceState.get(rulesKey));
    return read.success ? read.output : [];
  }
}

function rulesOf({ options: { file }, breakpoints, watches, policy, decided, exploration: { asked } }: Session): Rules {
  const chosen = policy === usualPolicy ? {} : { policy };
  const check = asked.check === "" ? {} : { check: asked.check };
  const invariant = asked.invariant === "" ? {} : { invariant: asked.invariant };
  const functions = Object.keys(decided.all).length === 0 ? {} : { functions: { ...decided.all } };
  return { file, breakpoints: breakpoints.saved(), watches: [...watches.list], ...chosen, ...check, ...invariant, ...functions };
}
