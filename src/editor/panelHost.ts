/**
 * The panel's host: the one page that shows the current session, or what is left of the last one. The panel may be closed and
 * opened again; the session goes on meanwhile.
 */
import { commands, type Disposable, type LogOutputChannel, ViewColumn, type WebviewPanel, window } from "vscode";
import type { Command } from "../protocol/panel";
import { Session } from "../session/session";
import type { Viewed } from "../session/viewed";
import { commandIds } from "./commandIds";
import { Disposables } from "./disposables";
import { type Place, reveal } from "./feedback";
import { Page, type PageSource, pageOptions } from "./page";
import { revealRecorded } from "./recordedSources";
import { look, perform, type SessionMessage } from "./sessionMessages";
import type { Sessions } from "./sessions";

export const panelType = "yieldpoint.panel";

export class PanelHost implements Disposable, PageSource {
  #panel: WebviewPanel | undefined;
  readonly #disposables = new Disposables();

  constructor(
    readonly sessions: Sessions,
    readonly log: LogOutputChannel,
  ) {
    this.#disposables.add(
      window.registerWebviewPanelSerializer(panelType, { deserializeWebviewPanel: async (panel) => this.#adopt(panel) }),
    );
  }

  get viewed(): Viewed | undefined {
    return this.sessions.viewed;
  }

  get onDidChange() {
    return this.sessions.onDidChange;
  }

  /** Shows the panel beside the editor and leaves the focus where it is. */
  show(): void {
    if (this.#panel) {
      this.#panel.reveal(undefined, true);
      return;
    }
    const column = { viewColumn: ViewColumn.Beside, preserveFocus: true };
    this.#adopt(window.createWebviewPanel(panelType, "Cooperative Tasks", column, pageOptions(this.sessions.context)));
  }

  dispose(): void {
    this.#disposables.dispose();
    this.#panel?.dispose();
  }

  command(command: Command): unknown {
    if (command !== "pause") this.sessions.ticks.await(); // its status will show it, and no picture before that
    return commands.executeCommand(commandIds[command]);
  }

  async perform(message: SessionMessage): Promise<void> {
    const { viewed } = this;
    this.sessions.ticks.await();
    if (viewed instanceof Session) await perform(viewed, message);
    else if (viewed) look(viewed, message);
  }

  giveWay(): void {
    this.sessions.ticks.giveWay();
  }

  delivered(millis: number): void {
    this.sessions.ticks.delivered(millis);
  }

  reveal(place: Place): Promise<void> {
    const { restored } = this.sessions;
    return restored ? revealRecorded(restored, place, ViewColumn.One) : reveal(place);
  }

  #adopt(panel: WebviewPanel): void {
    this.#panel?.dispose();
    this.#panel = panel;
    new Page(panel, this, this.sessions.context, this.log);
    panel.onDidDispose(() => {
      if (this.#panel === panel) this.#panel = undefined;
    });
  }
}
