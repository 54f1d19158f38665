/**
 * Compares policies, ways of working and setups as the panel or a command asks, and opens the runs that were compared.
 */
import { workspace } from "vscode";
import { ways } from "../../core/ways";
import { UserError } from "../../session/common/errors";
import type { ComparedLine } from "../../session/compare/lines";
import { runInRow } from "../../session/compare/sessionLines";
import { strategyOfThreads } from "../../session/explore/failingOrders";
import { workingUnder } from "../../session/process/runnerProcess";
import type { Session } from "../../session/session";
import { linesOfSetups } from "../../session/setup/setupLines";
import type { Setup } from "../../session/setup/setups";
import { commandFor } from "../session/newSession";
import type { Sessions } from "../session/sessions";
import { setupsFor } from "../session/workspaceSetups";
import { isSameFile } from "../source/sameFile";
import type { ComparingMessage } from "../webview/sessionMessages";
import { beginRun, startSession } from "./sessionStarts";

/** What is to be compared. */
export type CompareMessage = Extract<ComparingMessage, { type: "compare" }>;

/** Performs a message. The promise resolves when the comparison is over, or the run is shown. */
export async function performComparing(sessions: Sessions, session: Session, message: ComparingMessage): Promise<void> {
  if (message.type === "openCompared") {
    const opened = await open(sessions, session, message.row);
    const { check, conditions } = runInRow(session.comparison, message.row);
    const strategy = conditions.threads ? { strategy: strategyOfThreads } : {};
    if (message.explores) await opened?.exploration.explore({ ...strategy, ...(check === undefined ? {} : { check }) });
    return;
  }
  const { kind, names, measures = [], ...limits } = message;
  const { comparisons, exploration } = session;
  if (limits.runs !== undefined) {
    // Times are measured while nothing else runs.
    exploration.pause();
    await session.pause();
  }
  if (kind === "policies") return comparisons.policies(names, limits, measures);
  if (kind === "ways")
    return comparisons.ways(
      ways.filter((way) => names.includes(way)),
      limits,
      measures,
    );
  await comparisons.run(kind, await setupLines(sessions, session, message), limits);
}

/** The setups are read again, since their file may have changed. */
async function setupLines(sessions: Sessions, session: Session, { names, measures }: CompareMessage): Promise<ComparedLine[]> {
  const { entries, problem } = await setupsFor(session.options.file);
  if (problem) throw problem;
  const found = names.map((name) => {
    const gone = new UserError(`There is no setup "${name}" any more.`, "Choose other ones.");
    return entries.findLast((entry) => entry.name === name)?.setup ?? gone;
  });
  const { dist } = sessions;
  const { maxTraceBytes, policyFiles, storage } = session.options;
  const programOf = async ({ file, calls, virtualTime, ...working }: Setup) => {
    const command = workingUnder(await commandFor(file, dist), working);
    return { file, calls, command, storage, maxTraceBytes, virtualTime, ...(policyFiles ? { policyFiles } : {}) };
  };
  return linesOfSetups(names, found, programOf, measures);
}

/** Shows the run of a row at its last step, and returns its session unless it cannot be shown. If it is one of another file, its session takes over the comparison. */
async function open(sessions: Sessions, session: Session, row: number): Promise<Session | undefined> {
  const { file, calls, conditions, schedule, steps } = runInRow(session.comparison, row);
  const { comparison } = session;
  if (!isSameFile(file, session.options.file)) {
    const document = workspace.textDocuments.find(({ uri }) => isSameFile(uri.fsPath, file));
    await startSession(sessions, { file, calls, conditions, stale: document?.isDirty ?? false });
    const { current } = sessions;
    if (!current || current === session || !comparison) return undefined;
    current.comparisons.adopt(comparison);
    return open(sessions, current, row);
  }
  const { run } = session;
  const follow = () => session.order.follow(schedule, [], undefined, conditions);
  await sessions.starts.make({ what: "open the run", file, begin: beginRun(session, follow) });
  if (session.run === run) return undefined;
  // It may rest at a return or an error, as any run.
  while (session.head < steps && session.control.isFollowing) await session.runTo(steps);
  return session;
}
