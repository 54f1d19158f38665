/**
 * The box for a line that a program reads from standard input. Escape leaves the question to the panel, as does an answer that is given there.
 */
import { type Disposable, type InputBox, ThemeIcon, window } from "vscode";
import { printable } from "../../core/printable";
import type { Run } from "../../session/run/run";
import { takenInput } from "../../session/view/takenInput";
import { Disposables } from "../disposables";
import { plain } from "../plain";
import type { Sessions } from "../session/sessions";
import type { PanelHost } from "./panelHost";

const end = { iconPath: new ThemeIcon("debug-disconnect"), tooltip: "End of input" };

export class InputBoxes implements Disposable {
  readonly #disposables = new Disposables();
  /** The question that is known. */
  #asked: object | undefined;
  #box: InputBox | undefined;
  /** The run whose questions are left to the panel. */
  #left: Run | undefined;

  constructor(
    readonly sessions: Sessions,
    readonly panel: PanelHost,
  ) {
    this.#disposables.add(sessions.onDidChange(() => this.#update()));
  }

  dispose(): void {
    this.#disposables.dispose();
    this.#box?.dispose();
  }

  #update(): void {
    const run = this.sessions.asking;
    if (run?.typed.asked === this.#asked) return;
    this.#asked = run?.typed.asked;
    this.#box?.hide();
    if (run && !(run === this.#left && this.panel.isVisible)) this.#show(run);
  }

  #show(run: Run): void {
    const { asks, prompt = "" } = takenInput(run, false) ?? {};
    const box = window.createInputBox();
    this.#box = box;
    box.title = plain(printable(asks ?? ""));
    box.placeholder = printable(prompt);
    // This text may contain links, so nothing of the program is in it.
    box.prompt = "If you cancel, the line can be typed in the panel.";
    box.ignoreFocusOut = true;
    box.buttons = [end];
    const give = (text?: string) => {
      this.#box = undefined;
      box.hide();
      run.give(text);
    };
    box.onDidAccept(() => give(`${box.value}\n`));
    box.onDidTriggerButton(() => give());
    box.onDidHide(() => {
      box.dispose();
      if (this.#box !== box) return;
      this.#box = undefined;
      this.#left = run;
    });
    box.show();
  }
}
