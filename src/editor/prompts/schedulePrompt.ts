/**
 * Asks for a schedule to replay.
 */
import { env, type InputBox, window } from "vscode";
import { parseSchedule } from "../../core/schedule/parser";
import { maxScheduleText } from "../../protocol/schedule";
import { plain } from "../plain";
import { problemIn } from "./orderPrompts";

/**
 * A schedule as text; undefined if the user cancels. The question opens immediately, because reading the clipboard may take long or fail if
 * the browser or the system asks the user first.
 *
 * @param again a schedule that failed, to be corrected
 */
export function askSchedule(again = ""): Promise<string | undefined> {
  const box = window.createInputBox();
  box.value = again;
  box.title = "Replay schedule";
  box.prompt = "Paste a schedule here, or type one. A new run follows it as you step and run.";
  box.placeholder = 'round-robin; "counter()" "bogosort([3, 1, 2])"; 0 1 (0 1)*50';
  box.ignoreFocusOut = true;
  return new Promise((resolve) => {
    box.onDidChangeValue((text) => {
      box.validationMessage = text === "" ? undefined : problemOf(text);
    });
    box.onDidAccept(() => {
      box.validationMessage = problemOf(box.value);
      if (box.validationMessage !== undefined) return;
      resolve(box.value);
      box.hide();
    });
    box.onDidHide(() => {
      resolve(undefined);
      box.dispose();
    });
    box.show();
    void offerCopied(box);
  });
}

/** Inserts the clipboard's text, if it is a schedule and nothing was typed in the meantime. */
async function offerCopied(box: InputBox): Promise<void> {
  const copied = await readClipboard();
  if (box.value === "" && copied.trim() !== "" && problemOf(copied) === undefined) box.value = copied;
}

/** Empty if the clipboard may not be read. */
async function readClipboard(): Promise<string> {
  try {
    return await env.clipboard.readText();
  } catch {
    return "";
  }
}

function problemOf(text: string): string | undefined {
  if (text.trim() === "") return "Paste a schedule that was copied, or type one.";
  if (text.length > maxScheduleText) return `It is longer than ${maxScheduleText} characters.`;
  const problem = problemIn(() => parseSchedule(text));
  return problem && plain(problem);
}
