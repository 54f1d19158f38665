/**
 * What each command does, in one place.
 */
import { existsSync } from "node:fs";
import { commands, type Disposable, Uri, ViewColumn, window, workspace } from "vscode";
import { SessionStateError, UserCodeError } from "../../session/common/errors";
import { Recording } from "../../session/openedRecording";
import { Session } from "../../session/session";
import { type CommandName, commandIds } from "../commandIds";
import { Disposables } from "../disposables";
import { report, reveal } from "../feedback";
import { showWarning } from "../messages";
import type { PanelHost } from "../panels/panelHost";
import { restart, sessionToGoOn, startAgain } from "../panels/sessionStarts";
import { traceEditorType } from "../panels/traceEditor";
import { askSchedule } from "../prompts/schedulePrompt";
import type { Sessions } from "../session/sessions";
import { interpreterSetting } from "../settings";
import type { LensTarget } from "../source/lenses";
import { revealRecorded } from "../source/recordedSources";
import { startCommands } from "../start/start";
import { addCotasksTypes } from "./addCotasksTypes";
import { comparePolicies, compareWays } from "./compareCommands";
import { exportShownTrace, exportTargetOf } from "./exportTrace";
import { observeProgram } from "./observeProgram";
import { exploreOrders } from "./orderCommands";
import { saveShownTrace } from "./saveTrace";
import { sayThereIsNone, sessionCommands } from "./sessionCommands";
import type { SetupCommands } from "./setupCommands";
import type { Tasks } from "./startTasks";

/** Registers all commands. An error that a command throws is reported to the user. */
export function registerCommands(sessions: Sessions, tasks: Tasks, setups: SetupCommands, panel: PanelHost): Disposable {
  const handlers: Record<CommandName, (target?: LensTarget) => unknown> = {
    runTask: (target) => tasks.runTask(target),
    runTaskWith: (target) => tasks.runTaskWith(target),
    runTasks: (given) => tasks.runTasks(given),
    runThreads: () => tasks.runThreads(),
    addTask: (target) => tasks.addTask(target),
    observe: (given) => observeProgram(sessions, panel, given),
    runSetup: (given) => setups.run(given),
    saveSetup: (given) => setups.save(given),
    addCotasksTypes: (given) => addCotasksTypes(sessions.dist, given instanceof Uri ? given : undefined),
    ...startCommands(sessions.context),
    showPanel: () => panel.show(),
    ...sessionCommands(sessions),
    comparePolicies: (given) => comparePolicies(sessions, panel, given),
    compareWays: (given) => compareWays(sessions, panel, given),
    exploreOrders: (given) => explore(sessions, given),
    stop: () => stop(sessions),
    restart: () => restart(sessions),
    restartSameSchedule: () => restartSame(sessions, "schedule"),
    restartSamePolicy: () => restartSame(sessions, "policy"),
    replaySchedule: (given) => replaySchedule(sessions, given),
    editCall: () => sessions.starts.edit(),
    editSchedule: () => sessions.starts.edit(),
    openSetting: () => openSetting(sessions),
    retryStart: () => sessions.starts.retry(),
    cancelStart: () => sessions.starts.cancel(),
    dismissStart: () => sessions.starts.dismiss(),
    showLastSession: () => showLastSession(sessions, panel),
    interrupt: () => interrupt(sessions),
    skipWatch: () => skipWatch(sessions),
    showSource: () => showSource(sessions),
    saveTrace: (target) => saveShownTrace(sessions, target instanceof Uri ? target : undefined),
    exportTrace: (target) => exportShownTrace(sessions, exportTargetOf(target)),
  };
  const disposables = new Disposables();
  for (const [name, handler] of Object.entries(handlers)) {
    const id = commandIds[name as CommandName];
    const perform = async (target?: LensTarget) => {
      const result = await handler(target);
      sessions.ticks.done();
      return result;
    };
    disposables.add(commands.registerCommand(id, (target?: LensTarget) => perform(target).catch(report)));
  }
  return disposables;
}

/** Cancels a start in progress, and pauses the run of the current session. If nothing is starting, stops the session. */
async function stop({ starts, active }: Sessions): Promise<void> {
  const session = active instanceof Session ? active : undefined;
  if (starts.state !== "going") return session?.stop();
  starts.cancel();
  await session?.pause();
}

async function restartSame(sessions: Sessions, what: "schedule" | "policy"): Promise<void> {
  const { active } = sessions;
  if (active instanceof Session) await startAgain(sessions, active, { type: "restartSame", what });
}

async function skipWatch(sessions: Sessions): Promise<void> {
  const { active } = sessions;
  if (active instanceof Session) await startAgain(sessions, active, { type: "skipWatch" });
}

/** A session of before a reload of the window is started again. A recording that is open in an editor cannot be explored. */
async function explore(sessions: Sessions, given: unknown): Promise<void> {
  if (sessions.active?.recorded === "file") return;
  if (!sessions.viewed) return sayThereIsNone();
  const session = await sessionToGoOn(sessions);
  if (session) await exploreOrders(session, given);
}

/** @param given a schedule from another extension or a test; if there is none, the user is asked */
async function replaySchedule(sessions: Sessions, given: unknown): Promise<void> {
  const { active } = sessions;
  if (!(active instanceof Session)) return;
  const text = typeof given === "string" ? given : await askSchedule();
  if (text !== undefined) await startAgain(sessions, active, { type: "followSchedule", text });
}

/** Opens the trace in the panel's column, so that the source stays visible. */
async function showLastSession({ last }: Sessions, panel: PanelHost): Promise<void> {
  if (last === undefined || !existsSync(last)) {
    throw new SessionStateError(
      "There is no previous session.",
      "A session that has run steps is kept when another session replaces it.",
    );
  }
  await commands.executeCommand("vscode.openWith", Uri.file(last), traceEditorType, panel.viewColumn ?? ViewColumn.Beside);
}

/** Opens the setting that names the interpreter of the file that is meant. */
async function openSetting({ starts, active }: Sessions): Promise<void> {
  const file = starts.failedFile ?? active?.options.file ?? window.activeTextEditor?.document.fileName ?? "";
  // On a remote machine the user's own settings do not have it.
  const scope = workspace.workspaceFolders ? "WorkspaceSettings" : "Settings";
  await commands.executeCommand(`workbench.action.open${scope}`, { query: interpreterSetting(file) });
}

/** Windows has no signal that could interrupt a single slice. */
function interrupt(sessions: Sessions): void {
  if (process.platform === "win32") {
    void showWarning("A single slice cannot be interrupted on Windows. Stop the session and restart it.");
  } else {
    sessions.current?.interrupt();
  }
}

async function showSource({ active, starts }: Sessions): Promise<void> {
  if (starts.error instanceof UserCodeError) return reveal(starts.error.failure);
  if (!active) return;
  const error = active instanceof Session ? active.failure : undefined;
  const failure = error instanceof UserCodeError ? error.failure : undefined;
  const place = failure?.file ? failure : { file: active.options.file };
  await (active instanceof Recording ? revealRecorded(active, place, ViewColumn.Beside) : reveal(place));
}
