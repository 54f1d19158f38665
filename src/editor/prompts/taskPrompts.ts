/**
 * Prompts before a task can run: which function, with which arguments, and whether to save.
 */
import { commands, type ExtensionContext, type TextDocument, window, workspace } from "vscode";
import { Finder, type GeneratorFunction, type Language, type TaskLine } from "../../finder";
import { settings } from "../settings";
import { askOne, askText } from "./ask";

/** The key under which the last calls are stored, by file and function. */
const callsKey = "yieldpoint.calls";

/** The maximum number of calls remembered in a workspace. */
const maxCalls = 200;

/** Whether the workspace is trusted, so that code may run. If not, shows a message that leads to the place where this can be changed. */
export async function isTrusted(): Promise<boolean> {
  if (workspace.isTrusted) return true;
  const manage = "Manage Workspace Trust";
  const answer = await window.showErrorMessage(
    "Running tasks executes code from this folder, so it needs a trusted workspace.",
    manage,
  );
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

/**
 * The call that creates the task. The user is asked only if arguments are needed; the last call is the default.
 *
 * @param again a call that failed, to be corrected; then the user is always asked
 */
export async function askCall(
  context: ExtensionContext,
  file: string,
  generator: GeneratorFunction,
  again?: string,
): Promise<string | undefined> {
  if (!generator.needsArguments && again === undefined) return generator.call;
  const key = `${file}#${generator.name}`;
  const value = again ?? lastCalls(context)[key] ?? generator.call;
  const call = await askText({
    title: `Run ${generator.name} as cooperative task`,
    prompt: `Any expression in the file's scope that evaluates to a generator. Parameters: ${generator.parameters.join(", ") || "none"}`,
    value,
    valueSelection: argumentsOf(value),
    validateInput: (text) => (text.trim() === "" ? `Type a call, for example ${generator.call}` : undefined),
  });
  if (call === undefined) return undefined;
  await remember(context, key, call);
  return call;
}

/**
 * The calls that are to run as threads; undefined if the user cancels. The last calls of the file are the default.
 *
 * @param again calls that failed, to be corrected
 */
export async function askThreads(
  context: ExtensionContext,
  file: string,
  language: Language,
  again?: string,
): Promise<TaskLine | undefined> {
  const finder = new Finder(language);
  const read = (text: string): TaskLine | undefined => {
    finder.update(`${language === "python" ? "#" : "//"} @threads ${text}`);
    return finder.taskLines[0];
  };
  const key = `${file}#@threads`;
  const text = await askText({
    title: "Run calls as threads",
    prompt: "Calls of functions in the file's scope, with spaces between them: add() add()",
    value: again ?? lastCalls(context)[key] ?? "",
    validateInput: (typed) => (typed.trim() === "" ? "Type calls, such as add() add()." : read(typed)?.problem?.message),
  });
  if (text === undefined) return undefined;
  await remember(context, key, text);
  return read(text);
}

/** The call of a thread; undefined if the user cancels. @param call the default */
export async function askThread(call: string): Promise<string | undefined> {
  return askText({
    title: "Add a thread",
    prompt: "A call of any function in the file's scope. It runs when its thread is first picked.",
    value: call,
    valueSelection: argumentsOf(call),
    validateInput: (text) => (text.trim() === "" ? "Type a call, such as add()." : undefined),
  });
}

/** A failed call as the user corrected it; undefined if the user cancels. */
export async function askCallAgain(call: string): Promise<string | undefined> {
  return askText({
    title: "Edit the call",
    prompt: "Any expression in the file's scope that evaluates to a generator.",
    value: call,
    valueSelection: argumentsOf(call),
    validateInput: (text) => (text.trim() === "" ? "Type a call, such as counter()." : undefined),
  });
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
    await window.showErrorMessage("The file could not be saved, so it was not run. Save it and try again.");
    return false;
  }
  const saveAndRun = "Save and Run";
  const answer = await window.showWarningMessage(
    "The file has unsaved changes. A task runs the file on disk.",
    { modal: true },
    saveAndRun,
    "Run What Is on Disk",
  );
  return answer === saveAndRun ? document.save() : answer !== undefined;
}

/** The range inside the outermost parentheses, which the user most likely wants to replace. */
function argumentsOf(call: string): [number, number] {
  const open = call.endsWith(")") ? call.indexOf("(") : -1;
  return open < 0 ? [0, call.length] : [open + 1, call.length - 1];
}

function lastCalls(context: ExtensionContext): Record<string, string> {
  return context.workspaceState.get<Record<string, string>>(callsKey, {});
}

async function remember(context: ExtensionContext, key: string, call: string): Promise<void> {
  const { [key]: _, ...others } = lastCalls(context);
  const kept = Object.entries(others).slice(-(maxCalls - 1));
  await context.workspaceState.update(callsKey, Object.fromEntries([...kept, [key, call]]));
}
