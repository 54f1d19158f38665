/**
 * Makes a session of a file: with the interpreter that is configured or selected, and what the settings or a setup say.
 */

import { dirname } from "node:path";
import { Uri, workspace } from "vscode";
import { type Conditions, usualWorking } from "../../core/conditions";
import { usualVirtualTime } from "../../core/virtualTime";
import type { Way } from "../../core/ways";
import { runnerCommand } from "../../session/interpreter/runners";
import { PolicyFiles } from "../../session/order/policyFiles";
import type { RunnerCommand } from "../../session/process/runnerProcess";
import type { Observed } from "../../session/seen/runRecord";
import { Session } from "../../session/session";
import { mustHaveFile, policyOf, type Setup } from "../../session/setup/setups";
import { settings } from "../settings";
import { selectedPython } from "./pythonExtension";

/** A session to be created. */
export interface Created {
  /** The absolute path. */
  readonly file: string;
  /** The setup that it is started from. */
  readonly setup?: Setup;
  /** By default, those of the setup or the setting. */
  readonly conditions?: Conditions;
  /** If the program decides itself who runs: what it is given. */
  readonly observed?: Observed | undefined;
}

/** Where a session finds the runners and keeps its data. */
interface Surroundings {
  /** The folder of the bundles. */
  readonly dist: string;
  /** The folder for data that does not fit in memory. */
  readonly storage: string;
  /** Takes over the trace file of a run that is replaced. */
  keep(trace: string): void;
}

/** The Node.js of the extension host itself. */
const own = { executable: process.execPath, env: { ELECTRON_RUN_AS_NODE: "1" } };

/** The command that runs a file with the interpreter that is currently configured or selected. */
async function commandFor(file: string, dist: string): Promise<RunnerCommand> {
  const pythonPath = file.endsWith(".py") ? (await selectedPython(file)) || settings.pythonPath() : "";
  return runnerCommand({ file, nodePath: settings.nodePath(), pythonPath, own, dist });
}

/** The time of sessions for which nothing else specifies real or virtual time. */
function timeOfSetting(): Conditions {
  const virtual = settings.virtualStep();
  return { virtualTime: virtual > 0 ? { ...usualVirtualTime, virtual } : undefined };
}

/** The conditions of tasks that work in a way. Processes run at the same time, which is real. */
export function conditionsOf(way: Way): Conditions {
  return way === "processes" ? usualWorking(way) : { ...timeOfSetting(), ...usualWorking(way) };
}

/**
 * Makes a session that is not opened yet.
 *
 * @throws SetupError if the program file of the setup does not exist
 * @throws UserError if there is no suitable interpreter
 */
export async function newSession(
  { file, setup, conditions = setup, observed }: Created,
  { dist, storage, keep }: Surroundings,
): Promise<Session> {
  if (setup) mustHaveFile(setup);
  const command = await commandFor(file, dist);
  const policy = setup && policyOf(setup);
  // An observed program runs as it runs alone, unless it is restarted under virtual time.
  const { virtualTime, threads, processes } = conditions ?? (observed ? {} : timeOfSetting());
  const folder = setup?.folder ?? workspace.getWorkspaceFolder(Uri.file(file))?.uri.fsPath ?? dirname(file);
  return new Session({
    file,
    command,
    commandNow: () => commandFor(file, dist),
    ...(observed ? { observed } : {}),
    until: setup?.until ?? settings.until(),
    ...(virtualTime ? { virtualTime } : {}),
    ...(threads ? { threads } : {}),
    ...(processes ? { processes } : {}),
    ...(policy === undefined ? {} : { policy }),
    storage,
    traceFile: "kept",
    keep,
    policyFiles: new PolicyFiles({
      folder,
      own,
      dist,
      get nodePath() {
        return settings.nodePath(); // read at the time of use: a policy runs on the interpreter set then
      },
    }),
    get maxTraceBytes() {
      return settings.maxTraceBytes(); // raising it lets a full run continue
    },
    get silencedWarnings() {
      return settings.silencedWarnings();
    },
  });
}
