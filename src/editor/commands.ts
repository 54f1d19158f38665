/**
 * What each command does, in one place.
 */
import { commands, type Disposable, Uri, ViewColumn, window } from "vscode";
import { UserCodeError } from "../session/errors";
import { Recording } from "../session/recording/recording";
import { Session } from "../session/session";
import { type CommandName, commandIds } from "./commandIds";
import { Disposables } from "./disposables";
import { exportShownTrace, exportTargetOf } from "./exportTrace";
import { report, reveal } from "./feedback";
import type { LensTarget } from "./lenses";
import type { PanelHost } from "./panelHost";
import { revealRecorded } from "./recordedSources";
import { saveShownTrace } from "./saveTrace";
import { sessionCommands } from "./sessionCommands";
import type { Sessions } from "./sessions";
import type { Tasks } from "./tasks";

/** Registers all commands; what one of them throws is reported to the user. */
export function registerCommands(sessions: Sessions, tasks: Tasks, panel: PanelHost): Disposable {
  const handlers: Record<CommandName, (target?: LensTarget) => unknown> = {
    runTask: (target) => tasks.runTask(target),
    addTask: (target) => tasks.addTask(target),
    showPanel: () => panel.show(),
    ...sessionCommands(sessions),
    restart: () => restart(sessions),
    interrupt: () => interrupt(sessions),
    showSource: () => showSource(sessions),
    saveTrace: (target) => saveShownTrace(sessions, target instanceof Uri ? target : undefined),
    exportTrace: (target) => exportShownTrace(sessions, exportTargetOf(target)),
  };
  const disposables = new Disposables();
  for (const [name, handler] of Object.entries(handlers)) {
    const id = commandIds[name as CommandName];
    disposables.add(commands.registerCommand(id, (target?: LensTarget) => Promise.resolve(target).then(handler).catch(report)));
  }
  return disposables;
}

async function restart(sessions: Sessions): Promise<void> {
  const { current, restored, active } = sessions;
  if (active?.recorded === "file") return; // the session is elsewhere
  if (current) return current.restart();
  if (!restored) return;
  const { options, calls, until } = restored;
  const session = await sessions.begin(options.file);
  session.setUntil(until);
  await session.open(calls);
  for (const call of calls) await session.add(call);
}

/** There is no signal on Windows that reaches one slice alone. */
function interrupt(sessions: Sessions): void {
  if (process.platform === "win32") {
    void window.showWarningMessage("One slice cannot be interrupted on Windows. Stop the session and restart it.");
  } else {
    sessions.current?.interrupt();
  }
}

async function showSource({ active }: Sessions): Promise<void> {
  if (!active) return;
  const error = active instanceof Session ? active.failure : undefined;
  const failure = error instanceof UserCodeError ? error.failure : undefined;
  const place = failure?.file ? failure : { file: active.options.file };
  await (active instanceof Recording ? revealRecorded(active, place, ViewColumn.Beside) : reveal(place));
}
