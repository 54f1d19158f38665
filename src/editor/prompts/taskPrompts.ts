/**
 * Prompts before a task can run: which function, with which arguments, and whether to save.
 */
import { commands, type Memento, type TextDocument, workspace } from "vscode";
import {
  descriptionOf,
  Finder,
  type GeneratorFunction,
  type Language,
  languageOf,
  type ModuleScope,
  scopeOf,
  type TaskLine,
} from "../../finder";
import { askFirst, showFailure } from "../messages";
import { settings } from "../settings";
import { documentText } from "../source/documentText";
import { askOne, askText } from "./ask";
import { type AskedCalls, askForCalls, type CallQuestion, type CallUse } from "./callBox";
import { CallHistory } from "./callHistory";

/** Whether the workspace is trusted, so that code may run. If not, shows a message that leads to the place where this can be changed. */
export async function isTrusted(): Promise<boolean> {
  if (workspace.isTrusted) return true;
  const manage = "Manage Workspace Trust";
  const answer = await showFailure("Running tasks executes code from this folder, so it needs a trusted workspace.", manage);
  if (answer) await commands.executeCommand("workbench.trust.manage");
  return false;
}

/** Asks for one of several lines that name tasks; undefined if the user cancels. */
export async function askTaskLine(lines: readonly TaskLine[]): Promise<TaskLine | undefined> {
  if (lines.length === 1) return lines[0];
  const items = lines.map((line) => ({
    label: line.calls.map(({ call }) => call).join(" "),
    description: line.problem?.message ?? "",
    detail: `line ${line.line}${line.way === "cooperative" ? "" : `, as ${line.way}`}`,
    line,
  }));
  const picked = await askOne(items, { title: "Run these tasks", placeHolder: "Which tasks?" });
  return picked?.line;
}

/** Asks for one of several generator functions; undefined if the user cancels. */
export async function askWhich(generators: readonly GeneratorFunction[], line: number): Promise<GeneratorFunction | undefined> {
  if (generators.length === 1) return generators[0];
  const above = generators.filter((generator) => generator.line <= line).at(-1);
  const ordered = above ? [above, ...generators.filter((generator) => generator !== above)] : generators;
  const items = ordered.map((generator) => ({
    label: generator.name,
    description: `(${generator.parameters.join(", ")})`,
    detail: `line ${generator.line}`,
    generator,
  }));
  const picked = await askOne(items, {
    title: "Run as cooperative task",
    placeHolder: "Which generator function?",
  });
  return picked?.generator;
}

/** What a call of a function is for. */
export interface CallPurpose {
  /** The first is what the user has asked for. */
  readonly uses: CallQuestion["uses"];
  /** Whether the user wants to give arguments, even if none are needed. */
  readonly isToBeEdited?: boolean;
  /** Calls that failed, to be corrected; then the user is always asked. */
  readonly again?: string | undefined;
}

/** The calls that create tasks. The user is asked only if arguments are needed. Undefined if the user cancels. */
export async function askCall(
  storage: Memento,
  document: TextDocument,
  generator: GeneratorFunction,
  { uses, isToBeEdited, again }: CallPurpose,
): Promise<AskedCalls | undefined> {
  const { call, needsArguments } = generator;
  if (!needsArguments && !isToBeEdited && again === undefined) return { calls: [call], text: call, use: uses[0] };
  const history = new CallHistory(storage, document.fileName, generator.name);
  const about = scopeIn(document);
  const description = descriptionOf(documentText(document), about.language, generator);
  const asked = await askForCalls({
    ...about,
    title: `${uses[0].does}: ${generator.name}`,
    uses,
    generator,
    description,
    history: history.calls,
    initial: call,
    ...(again === undefined ? {} : { again }),
  });
  if (asked) await history.add(asked.text);
  return asked;
}

/** What a box for calls knows of a file. */
function scopeIn(document: TextDocument): { readonly language: Language; readonly scope: ModuleScope } {
  const language = languageOf(document.fileName) ?? "javascript";
  return { language, scope: scopeOf(documentText(document), language) };
}

/**
 * The calls that are to run as threads; undefined if the user cancels. The last calls of the file are the default.
 *
 * @param again calls that failed, to be corrected
 */
export async function askThreads(
  storage: Memento,
  file: string,
  language: Language,
  again?: string,
): Promise<TaskLine | undefined> {
  const finder = new Finder(language);
  const read = (text: string): TaskLine | undefined => {
    finder.update(`${language === "python" ? "#" : "//"} @threads ${text}`);
    return finder.taskLines[0];
  };
  const history = new CallHistory(storage, file, "@threads");
  const text = await askText({
    title: "Run calls as threads",
    prompt: "Calls of functions in the file's scope, with spaces between them: add() add()",
    value: again ?? history.calls[0] ?? "",
    validateInput: (typed) => (typed.trim() === "" ? "Type calls, such as add() add()." : read(typed)?.problem?.message),
  });
  if (text === undefined) return undefined;
  await history.add(text);
  return read(text);
}

/** Asks for a call of any function of a file, which is put into the box first; undefined if the user cancels. */
async function askAnyCall(file: string, call: string, title: string, use: CallUse): Promise<string | undefined> {
  const about = scopeIn(await workspace.openTextDocument(file));
  const asked = await askForCalls({ ...about, title, uses: [use], history: [], initial: call, isSingle: true });
  return asked?.text;
}

/** The call of a thread, which may be that of any function; undefined if the user cancels. @param call the default */
export function askThread(file: string, call: string): Promise<string | undefined> {
  return askAnyCall(file, call, "Add a thread", { icon: "add", does: "Add to the session" });
}

/** A failed call as the user corrected it; undefined if the user cancels. */
export function askCallAgain(file: string, call: string): Promise<string | undefined> {
  return askAnyCall(file, call, "Edit the call", { icon: "play", does: "Try again" });
}

/**
 * Makes sure that the code that runs is the code that the user sees.
 *
 * @returns false if the user has to save first and did not
 */
export async function savedFirst(document: TextDocument): Promise<boolean> {
  if (!document.isDirty) return true;
  if (settings.saveBeforeRun()) {
    if (await document.save()) return true;
    await showFailure("The file could not be saved, so it was not run. Save it and try again.");
    return false;
  }
  const saveAndRun = "Save and Run";
  const answer = await askFirst("The file has unsaved changes. A task runs the file on disk.", saveAndRun, "Run What Is on Disk");
  return answer === saveAndRun ? document.save() : answer !== undefined;
}
