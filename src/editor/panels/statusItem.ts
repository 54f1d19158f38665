/**
 * The session in the status bar: it opens the panel and, while the panel is hidden, has buttons to pause, continue and stop. Also sets the
 * context keys of the commands.
 */
import { commands, type Disposable, StatusBarAlignment, type StatusBarItem, Uri, window } from "vscode";
import { viewOf } from "../../session/view/view";
import { awaitsOf } from "../../session/view/waiting";
import { type CommandName, commandIds } from "../commandIds";
import { Disposables } from "../disposables";
import type { Sessions } from "../session/sessions";
import { sourcesOf } from "../source/sourcesOf";
import { inWords } from "../source/waitHover";
import type { PanelHost } from "./panelHost";

/** In order from left to right. */
const buttons = [
  { command: "pause", text: "$(debug-pause)", tooltip: "Pause the cooperative tasks", when: ["running"] },
  { command: "run", text: "$(debug-continue)", tooltip: "Continue the cooperative tasks", when: ["paused"] },
  { command: "stop", text: "$(debug-stop)", tooltip: "Stop the cooperative tasks", when: ["running", "paused"] },
] as const satisfies readonly { command: CommandName; text: string; tooltip: string; when: readonly string[] }[];

export class StatusItem implements Disposable {
  readonly #disposables = new Disposables();
  readonly #item: StatusBarItem;
  readonly #buttons: readonly StatusBarItem[];
  #keys = "";

  constructor(
    readonly sessions: Sessions,
    readonly panel: PanelHost,
  ) {
    this.#item = this.#add("session", "Cooperative Tasks", "showPanel");
    this.#buttons = buttons.map(({ command, text, tooltip }) => {
      const item = this.#add(command, tooltip, command);
      item.text = text;
      item.tooltip = tooltip;
      item.accessibilityInformation = { label: tooltip, role: "button" };
      return item;
    });
    this.#disposables.add(sessions.onDidChange(() => this.#updateKeys()));
    this.#disposables.add(sessions.onDidChangeCalmly(() => this.#updateItems()));
    this.#disposables.add(panel.onDidChangeVisibility(() => this.#updateItems()));
    this.#updateKeys();
    this.#updateItems();
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #add(id: string, name: string, command: CommandName): StatusBarItem {
    const item = this.#disposables.add(window.createStatusBarItem(`yieldpoint.${id}`, StatusBarAlignment.Left));
    item.name = name;
    item.command = commandIds[command];
    return item;
  }

  #updateKeys(): void {
    const { active, starts, last } = this.sessions;
    const status = active?.recorded === "file" ? "recorded" : (active?.shownStatus ?? "none");
    const past = active !== undefined && active.cursor < active.head;
    const canRebuild = active?.rebuilding.state?.state === "possible";
    const observed = active?.run.observed !== undefined;
    const sources = active ? sourcesOf(active).map((file) => Uri.file(file).fsPath) : [];
    const hasSteps = active !== undefined && active.head > 0;
    const hasLastSession = last !== undefined;
    this.#setKeys({ status, observed, inPast: past, hasSteps, canRebuild, start: starts.state, hasLastSession, sources });
  }

  #updateItems(): void {
    const { current, starts } = this.sessions;
    const isStarting = starts.state === "going";
    const status = isStarting ? "starting" : current?.shownStatus;
    if (status === undefined) this.#item.hide();
    else if (isStarting && !current) this.#showItem("starting");
    else if (this.sessions.asking) this.#showItem("input wanted");
    else if (current && awaitsOf(current)) this.#showItem("waiting");
    else this.#showItem(this.#isCounting(status) ? status : `${status}, step ${(current?.head ?? 0).toLocaleString("en")}`);
    for (const [index, item] of this.#buttons.entries()) {
      const { when = [], command } = buttons[index] ?? {};
      const isOffered = (when as readonly string[]).includes(status ?? "") || (isStarting && command === "stop");
      if (isOffered && !this.panel.isVisible) item.show();
      else item.hide();
    }
  }

  /** While the visible panel counts the steps of a run, the status bar does not: the two counts would never be equal. */
  #isCounting(status: string): boolean {
    return status === "running" && this.panel.isVisible;
  }

  #showItem(state: string): void {
    const { current } = this.sessions;
    this.#item.text = `$(debug-alt-small) Tasks: ${state}`;
    const sentence = current && awaitsOf(current);
    const awaited = current && sentence ? `\n${inWords(viewOf(current), sentence)}` : "";
    const hidden = this.panel.isVisible ? "" : "\nA run is paused when its panel is closed.";
    this.#item.tooltip = `${current ? `${current.options.file}\n` : ""}Show the panel of the cooperative tasks${awaited}${hidden}`;
    this.#item.show();
  }

  #setKeys(values: Readonly<Record<string, string | boolean | readonly string[]>>): void {
    const keys = JSON.stringify(values);
    if (keys === this.#keys) return;
    this.#keys = keys;
    for (const [name, value] of Object.entries(values)) {
      void commands.executeCommand("setContext", `yieldpoint.${name}`, value);
    }
  }
}
