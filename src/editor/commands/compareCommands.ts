/**
 * The commands that compare: policies over the tasks of the session, and ways of working over them or over setups.
 */
import { basename } from "node:path";
import { type QuickPickItem, type TextDocument, Uri, window, workspace } from "vscode";
import { ways } from "../../core/ways";
import { maxCompared } from "../../protocol/schedule";
import { UserError } from "../../session/common/errors";
import { Session } from "../../session/session";
import { SetupError } from "../../session/setup/setups";
import { type CompareMessage, performComparing } from "../panels/comparing";
import type { PanelHost } from "../panels/panelHost";
import { startSession } from "../panels/sessionStarts";
import { askOne } from "../prompts/ask";
import { askCompared } from "../prompts/orderPrompts";
import { isTrusted, savedFirst } from "../prompts/taskPrompts";
import type { Sessions } from "../session/sessions";
import { allSetups, setupsFor } from "../session/workspaceSetups";
import { comparableOf } from "../source/comparableSetups";
import { isSameFile } from "../source/sameFile";

/** How long, and how often, ways of working run. */
const usualLimits = { steps: 100_000, runs: 3 };

/** The ways of working of the tasks of the session, or the setups of a file. */
type Choice = "session" | { readonly file: string };

/** Compares policies over the tasks of the session. @param given the policies and the number of steps; if left out, the user is asked */
export async function comparePolicies(sessions: Sessions, panel: PanelHost, given: unknown): Promise<void> {
  const { active } = sessions;
  const wanted = active instanceof Session ? await askCompared(given) : undefined;
  if (!wanted || !(active instanceof Session)) return;
  const { policies: names, steps } = wanted;
  panel.show();
  await performComparing(sessions, active, { type: "compare", kind: "policies", names, steps });
}

/**
 * Compares the ways of working of the tasks of the session, or the setups of a file.
 *
 * @param given the file, from its lens; if left out, the user is asked unless there is only one answer
 */
export async function compareWays(sessions: Sessions, panel: PanelHost, given: unknown): Promise<void> {
  if (!(await isTrusted())) return;
  const choice = given instanceof Uri ? { file: given.fsPath } : await choose(sessions);
  if (!choice) return;
  const wanted = choice === "session" ? waysOf(sessions) : await setupsOf(sessions, panel, choice.file);
  if (!wanted) return;
  panel.show();
  await performComparing(sessions, wanted.session, wanted.message);
}

interface Wanted {
  readonly session: Session;
  readonly message: CompareMessage;
}

function waysOf({ current }: Sessions): Wanted | undefined {
  return current && { session: current, message: { type: "compare", kind: "ways", names: [...ways], ...usualLimits } };
}

/** The table belongs to a session of the file. If there is none, that of the first setup is started. */
async function setupsOf(sessions: Sessions, panel: PanelHost, file: string): Promise<Wanted | undefined> {
  const found = await setupsFor(file);
  if (found.problem) throw found.problem;
  const names = comparableOf(found, file).slice(0, maxCompared);
  const first = found.entries.find(({ name }) => name === names[0])?.setup;
  if (first === undefined || first instanceof SetupError) {
    throw new UserError(`There are no setups of ${basename(file)}.`, "Save the session as a setup, at least twice.");
  }
  const document = documentOf(file);
  if (document && !(await savedFirst(document))) return undefined;
  if (!isOf(sessions.current, file)) {
    panel.show();
    const { calls, callPlaces: places } = first;
    await startSession(sessions, { file: first.file, calls, places, setup: first, stale: document?.isDirty ?? false });
  }
  const { current } = sessions;
  return isOf(current, file)
    ? { session: current, message: { type: "compare", kind: "setups", names, ...usualLimits } }
    : undefined;
}

function isOf(session: Session | undefined, file: string): session is Session {
  return session?.hasSchedule === true && isSameFile(session.options.file, file);
}

function documentOf(file: string): TextDocument | undefined {
  return workspace.textDocuments.find(({ fileName }) => isSameFile(fileName, file));
}

/** The file in the editor comes first. @throws UserError if there is nothing to compare */
async function choose({ current }: Sessions): Promise<Choice | undefined> {
  const open = window.activeTextEditor?.document.fileName;
  const files = await filesWithSetups();
  const own = files.filter(({ file }) => open !== undefined && isSameFile(file, open));
  const session = current?.hasSchedule && current.calls.length > 0 ? [sessionItem(current)] : [];
  const items = [...own.map(fileItem), ...session, ...files.filter((each) => !own.includes(each)).map(fileItem)];
  if (items.length === 0) {
    throw new UserError(
      "There is nothing to compare.",
      "Run tasks, to compare them in each way of working, or write two setups of a file in .vscode/yieldpoint.json.",
    );
  }
  if (items.length === 1) return items[0]?.choice;
  return (await askOne(items, { title: "Compare ways of working", placeHolder: "Of what?" }))?.choice;
}

interface FileWithSetups {
  readonly file: string;
  readonly names: readonly string[];
}

/** The files that have at least two setups. */
async function filesWithSetups(): Promise<FileWithSetups[]> {
  const all = await allSetups();
  return all.flatMap((setups) => {
    const files = setups.entries.flatMap(({ setup }) => (setup instanceof SetupError ? [] : setup.file));
    return [...new Set(files)]
      .map((file) => ({ file, names: comparableOf(setups, file) }))
      .filter(({ names }) => names.length > 1);
  });
}

function fileItem({ file, names }: FileWithSetups): QuickPickItem & { readonly choice: Choice } {
  return { label: `The setups of ${workspace.asRelativePath(file, false)}`, detail: names.join(", "), choice: { file } };
}

function sessionItem({ calls }: Session): QuickPickItem & { readonly choice: Choice } {
  return { label: "The tasks of the session, in each way", detail: calls.join(" "), choice: "session" };
}
