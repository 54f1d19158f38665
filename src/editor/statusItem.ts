/**
 * The way back to a session whose panel was closed: an item in the status bar, and the context keys of the commands.
 */
import { commands, type Disposable, StatusBarAlignment, window } from "vscode";
import { commandIds } from "./commandIds";
import { Disposables } from "./disposables";
import type { Sessions } from "./sessions";

export class StatusItem implements Disposable {
  readonly #disposables = new Disposables();
  readonly #item = this.#disposables.add(window.createStatusBarItem("yieldpoint.session", StatusBarAlignment.Left));
  #keys = "";

  constructor(readonly sessions: Sessions) {
    this.#item.name = "Cooperative Tasks";
    this.#item.command = commandIds.showPanel;
    this.#disposables.add(sessions.onDidChange(() => this.#updateKeys()));
    this.#disposables.add(sessions.onDidChangeCalmly(() => this.#updateItem()));
    this.#updateKeys();
    this.#updateItem();
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #updateKeys(): void {
    const { active } = this.sessions;
    const status = active?.recorded === "file" ? "recorded" : (active?.shownStatus ?? "none");
    const past = active !== undefined && active.cursor < active.head;
    const canRebuild = active?.rebuilding.state?.state === "possible";
    this.#setKeys({ status, inPast: past, canRebuild });
  }

  #updateItem(): void {
    const { current } = this.sessions;
    if (!current) {
      this.#item.hide();
      return;
    }
    this.#item.text = `$(debug-alt-small) Tasks: ${current.shownStatus}, step ${current.head.toLocaleString("en")}`;
    this.#item.tooltip = `${current.options.file}\nShow the panel of the cooperative tasks`;
    this.#item.show();
  }

  #setKeys(values: Readonly<Record<string, string | boolean>>): void {
    const keys = JSON.stringify(values);
    if (keys === this.#keys) return;
    this.#keys = keys;
    for (const [name, value] of Object.entries(values)) {
      void commands.executeCommand("setContext", `yieldpoint.${name}`, value);
    }
  }
}
