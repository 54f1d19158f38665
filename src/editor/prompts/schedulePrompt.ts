/**
 * Asks for a schedule to replay.
 */
import { env, type InputBox, window } from "vscode";
import { parseSchedule } from "../../core/schedule/parser";
import { maxScheduleText } from "../../protocol/schedule";
import { problemIn } from "./orderPrompts";

/**
 * A schedule as text; undefined when the user turns away. The question is there at once: the clipboard may be read late, or not
 * at all, where the browser or the system asks the user first.
 *
 * @param again what was tried and failed, to be corrected
 */
export function askSchedule(again = ""): Promise<string | undefined> {
  const box = window.createInputBox();
  box.value = again;
  box.title = "Replay schedule";
  box.prompt = "Paste a schedule here, or type one. A fresh run follows it; its steps are made by stepping and running.";
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

/** Puts in what was copied, where that is a schedule and nothing was typed meanwhile. */
async function offerCopied(box: InputBox): Promise<void> {
  const copied = await readClipboard();
  if (box.value === "" && copied.trim() !== "" && problemOf(copied) === undefined) box.value = copied;
}

/** Nothing where it may not be read. */
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
  return problemIn(() => parseSchedule(text));
}
