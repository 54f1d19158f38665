/**
 * Everything that the user can start: a session, a restart, a replay, another task. The current session stays until it is replaced, and
 * a failed start can be corrected and tried again.
 */

import { basename } from "node:path";
import { type Conditions, conditionsOfWay } from "../../core/conditions";
import type { Until } from "../../core/until";
import { usualVirtualTime } from "../../core/virtualTime";
import { CallFailedError, StoppedError } from "../../session/common/errors";
import type { Found } from "../../session/explore/found";
import { mustSuit } from "../../session/order/policies";
import type { Observed } from "../../session/seen/runRecord";
import type { Session } from "../../session/session";
import type { Setup } from "../../session/setup/setups";
import { type Place, reveal } from "../feedback";
import { askSchedule } from "../prompts/schedulePrompt";
import { askCallAgain } from "../prompts/taskPrompts";
import type { Sessions } from "../session/sessions";
import type { Attempt, Start } from "../session/starts";
import { settings } from "../settings";
import type { StartMessage } from "../webview/sessionMessages";

/** A session to be started. */
export interface Wanted {
  /** The absolute path. */
  readonly file: string;
  readonly calls: readonly string[];
  /** If the program decides itself who runs: what it is given. Then there are no calls. */
  readonly observed?: Observed | undefined;
  /** If missing, the setting applies. */
  readonly until?: Until;
  /** If missing, those of the setup or the setting apply. */
  readonly conditions?: Conditions;
  /** Whether the editor shows a text that differs from the file on disk. */
  readonly stale?: boolean;
  /** What was found before the window was reloaded. */
  readonly explored?: Found | undefined;
  /** The setup that it is started from, whose rules apply. */
  readonly setup?: Setup;
  /** Where each call is written, and can be corrected; undefined if the user typed the calls. */
  readonly places?: readonly Place[];
  /** Reads the data again for a retry, since the file that contains it may have been corrected; undefined if there is no such file. */
  readonly again?: () => Promise<Wanted>;
}

/**
 * Starts a session, and replaces the current one once the new one has its tasks.
 *
 * @param edit asks for a correction after a failure; by default, of the call that failed
 */
export function startSession(sessions: Sessions, wanted: Wanted, edit?: () => unknown): Promise<void> {
  const { file, calls, setup, places } = wanted;
  const again = (changed: readonly string[]) => startSession(sessions, { ...wanted, calls: changed });
  let isRetry = false;
  return sessions.starts.make({
    what: setup ? `start the setup "${setup.name}"` : whatOf(wanted),
    file,
    ...(wanted.observed ? {} : { typed: "call" as const }),
    async begin(attempt) {
      const now = isRetry && wanted.again ? await wanted.again() : wanted;
      isRetry = true;
      await beginSession(sessions, now, attempt);
    },
    edit: edit ?? ((error) => (places ? reveal(placeOf(error, places)) : editCall(error, file, calls, again))),
  });
}

function whatOf({ file, calls, observed }: Wanted): string {
  if (observed) return `observe ${basename(file)}`;
  return calls.length === 1 ? `start ${calls[0]}` : `start ${calls.join(", ")} of ${basename(file)}`;
}

/** The place at which to correct a failed start: the failed call or, if no call is at fault, the first one. */
function placeOf(error: Error, places: readonly Place[]): Place {
  return places[error instanceof CallFailedError ? error.index : 0] ?? {};
}

async function beginSession(sessions: Sessions, wanted: Wanted, attempt: Attempt): Promise<void> {
  const { calls, until, stale, setup, explored } = wanted;
  const session = await sessions.create(wanted);
  const cancel = () => session.stop();
  const unheard = session.onChange(sessions.starts.changed);
  attempt.run = () => session.run;
  attempt.signal.addEventListener("abort", cancel);
  try {
    if (attempt.signal.aborted) throw new StoppedError("The start was cancelled.", "Start it again.");
    if (until) session.setUntil(until);
    if (explored) session.exploration.resume(explored);
    await session.open(calls);
    await addTasks(session, wanted);
    if (setup && session.hasSchedule) mustSuit(session.policy, session.run.tasks);
    if (attempt.signal.aborted) throw new StoppedError("The start was cancelled.", "Start it again.");
  } catch (error) {
    session.dispose();
    throw error;
  } finally {
    unheard();
    attempt.signal.removeEventListener("abort", cancel);
  }
  if (stale) session.markStale();
  sessions.replace(session);
}

async function addTasks(session: Session, { calls, places, observed }: Wanted): Promise<void> {
  if (observed) return;
  // For a single call, the error message already names it as what failed.
  if (calls.length === 1 && !places) await session.add(calls[0] ?? "");
  else {
    for (const [index, call] of calls.entries()) {
      await session.add(call).catch(CallFailedError.of(call, index, places?.[index]));
    }
  }
}

/**
 * Adds a task to a session. If that fails, the session continues.
 *
 * @returns whether the task was added
 */
export async function startTask(sessions: Sessions, session: Session, call: string, edit: () => unknown): Promise<boolean> {
  sessions.starts.dismiss();
  const { file } = session.options;
  const start: Start = { what: `add ${call}`, file, typed: "call", begin: () => session.add(call), edit };
  try {
    await session.add(call);
    return true;
  } catch (error) {
    if (error instanceof StoppedError || !(error instanceof Error)) throw error;
    sessions.starts.refuse(start, error);
    return false;
  }
}

/** Restarts the current session, or the last one if only its trace is left. */
export async function restart(sessions: Sessions): Promise<void> {
  const { current, restored, active, starts } = sessions;
  if (active?.recorded === "file") return; // a recording opened from a file has no session here
  if (current) return restartWith(sessions, current);
  if (!restored) return starts.retry();
  const { options, calls, until, exploration, run } = restored;
  const { observed } = run;
  await startSession(sessions, { file: options.file, calls, observed, until, conditions: restored, explored: exploration });
}

/** The current session or, if only the trace of the last one is left, that session restarted. Undefined if there is none, or it cannot start. */
export async function sessionToGoOn(sessions: Sessions): Promise<Session | undefined> {
  if (!sessions.current && sessions.restored) await restart(sessions);
  return sessions.current;
}

/** Starts another run of a session, as the panel or a command requests it. */
export function startAgain(
  sessions: Sessions,
  session: Session,
  message: StartMessage | { readonly type: "skipWatch" },
): Promise<void> {
  if (message.type === "followSchedule") return replay(sessions, session, message.text);
  if (message.type === "skipWatch") {
    const begin = beginRun(session, () => session.skipWatch());
    return sessions.starts.make({ what: "run the same steps again without the watch", file: session.options.file, begin });
  }
  const { file } = session.options;
  if (message.type === "restartUnder") {
    const { what, conditions } = changed(message.condition);
    return sessions.starts.make({ what, file, begin: beginRun(session, () => session.restartUnder(conditions)) });
  }
  const { what } = message;
  const begin = beginRun(session, () => session.order.restartSame(what));
  return sessions.starts.make({ what: `restart with the same ${what}`, file, begin });
}

/** What a restart under another condition changes. */
function changed(condition: Extract<StartMessage, { type: "restartUnder" }>["condition"]): {
  readonly what: string;
  readonly conditions: Conditions;
} {
  const virtual = settings.virtualStep() || usualVirtualTime.virtual;
  switch (condition) {
    case "virtual time":
      return { what: "restart under virtual time", conditions: { virtualTime: { ...usualVirtualTime, virtual } } };
    case "real time":
      return { what: "restart under real time", conditions: { virtualTime: undefined } };
    default: {
      const time = condition === "processes" ? { virtualTime: undefined } : {};
      const what = `restart as ${condition === "cooperative" ? "cooperative tasks" : condition}`;
      return { what, conditions: { ...conditionsOfWay[condition], ...time } };
    }
  }
}

function restartWith(sessions: Sessions, session: Session, calls?: readonly string[]): Promise<void> {
  const again = (changed: readonly string[]) => restartWith(sessions, session, changed);
  const { file } = session.options;
  return sessions.starts.make({
    what: `restart ${basename(file)}`,
    file,
    typed: "call",
    begin: beginRun(session, () => session.restart(calls && [...calls])),
    edit: (error) => editCall(error, file, calls ?? session.calls, again),
  });
}

function replay(sessions: Sessions, session: Session, text: string): Promise<void> {
  return sessions.starts.make({
    what: "replay the schedule",
    file: session.options.file,
    typed: "schedule",
    begin: beginRun(session, () => session.order.follow(text)),
    edit: async () => {
      const again = await askSchedule(text);
      if (again !== undefined) await replay(sessions, session, again);
    },
  });
}

/** The start of another run of a session, which can be cancelled. */
export function beginRun(session: Session, begin: () => Promise<void>): Start["begin"] {
  return async (attempt) => {
    const cancel = () => session.cancelBegin();
    attempt.run = () => session.fresh;
    attempt.signal.addEventListener("abort", cancel);
    await begin().finally(() => attempt.signal.removeEventListener("abort", cancel));
  };
}

/** If the file is at fault rather than one call, the user is asked for the first call. */
async function editCall(
  error: Error,
  file: string,
  calls: readonly string[],
  again: (calls: readonly string[]) => unknown,
): Promise<void> {
  const index = error instanceof CallFailedError ? error.index : 0;
  const call = await askCallAgain(file, calls[index] ?? "");
  if (call !== undefined) await again(calls.with(index, call));
}
