/**
 * The panel's host: a single page that shows the current session, or the trace of the last one. Closing the panel pauses the run, since
 * it is no longer watched. The session stays, and the panel can be opened again.
 */
import { commands, type Disposable, EventEmitter, type LogOutputChannel, ViewColumn, type WebviewPanel, window } from "vscode";
import type { Command, View } from "../../protocol/panel";
import { Session } from "../../session/session";
import type { Viewed } from "../../session/view/viewed";
import { commandIds } from "../commandIds";
import { Disposables } from "../disposables";
import { type Place, reveal } from "../feedback";
import type { Sessions } from "../session/sessions";
import { revealRecorded } from "../source/recordedSources";
import { openTest } from "../webview/copiedTest";
import { type FoundMessage, isForFound } from "../webview/orderMessages";
import { isComparing, isStart, look, perform, type SessionMessage } from "../webview/sessionMessages";
import { Page, type PageSource, pageOptions } from "../webview/webviewPage";
import { performComparing } from "./comparing";
import { sessionToGoOn, startAgain } from "./sessionStarts";

export const panelType = "yieldpoint.panel";

export class PanelHost implements Disposable, PageSource {
  #panel: WebviewPanel | undefined;
  readonly #disposables = new Disposables();
  readonly #visibilityChanged = this.#disposables.add(new EventEmitter<void>());
  /** Fires when the panel may have become visible or hidden. */
  readonly onDidChangeVisibility = this.#visibilityChanged.event;

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

  get isVisible(): boolean {
    return this.#panel?.visible ?? false;
  }

  /** The panel's column; undefined while it is closed. */
  get viewColumn(): ViewColumn | undefined {
    return this.#panel?.viewColumn;
  }

  completed(view: View): View {
    return this.sessions.completed(view);
  }

  /** Shows the panel beside the editor, without taking the focus. */
  show(): void {
    if (this.#panel) {
      this.#panel.reveal(undefined, true);
      return;
    }
    const column = { viewColumn: ViewColumn.Beside, preserveFocus: true };
    this.#adopt(window.createWebviewPanel(panelType, "Cooperative Tasks", column, pageOptions(this.sessions.context)));
  }

  dispose(): void {
    const panel = this.#panel;
    this.#panel = undefined;
    panel?.dispose();
    this.#disposables.dispose();
  }

  command(command: Command): unknown {
    if (command !== "pause") this.sessions.ticks.await(); // the view with the new status is drawn without delay
    return commands.executeCommand(commandIds[command]);
  }

  async perform(message: SessionMessage): Promise<void> {
    const { viewed } = this;
    this.sessions.ticks.await();
    if (message.type === "give") this.sessions.give(message.text);
    else if (viewed instanceof Session) {
      if (isStart(message)) await startAgain(this.sessions, viewed, message);
      else if (isComparing(message)) await performComparing(this.sessions, viewed, message);
      else await perform(viewed, message);
    } else if (viewed && isForFound(message)) await this.#performOnFound(message);
    else if (viewed) look(viewed, message);
  }

  /** What was found before the window was reloaded needs its session again. A test of it does not. */
  async #performOnFound(message: FoundMessage): Promise<void> {
    const { restored } = this.sessions;
    if (message.type === "copyTest") return restored && openTest(restored, message.outcome);
    const session = await sessionToGoOn(this.sessions);
    if (session) await perform(session, message);
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
    const before = this.#panel;
    this.#panel = panel;
    before?.dispose();
    new Page(panel, this, this.sessions.context, this.log);
    panel.onDidChangeViewState(() => this.#visibilityChanged.fire());
    panel.onDidDispose(() => this.#closed(panel));
    this.#visibilityChanged.fire();
  }

  /** Called when the user closed it, or when it was replaced or the window closes. */
  #closed(panel: WebviewPanel): void {
    if (this.#panel !== panel) return;
    this.#panel = undefined;
    this.#visibilityChanged.fire();
    this.sessions.rest();
  }
}
