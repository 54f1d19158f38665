/**
 * The panel's host: a webview that shows the current session, or what is left of the last one, and passes on what the
 * user does in it. The panel may be hidden, closed or reloaded at any time; all it needs is sent anew.
 */
import * as v from "valibot";
import { commands, type Disposable, Uri, ViewColumn, type WebviewPanel, window } from "vscode";
import { FromPanel, maxRows, type Row, type ToPanel, type View } from "../protocol/panel";
import { expandedOf, type MarkedExpansion } from "../session/detail";
import { savedRowsOf, savedView } from "../session/saved";
import { rowsOf, viewOf } from "../session/view";
import { commandIds } from "./commandIds";
import { Disposables } from "./disposables";
import { report, reveal } from "./feedback";
import { type FindMessage, FindMessages } from "./findMessages";
import { panelHtml } from "./panelHtml";
import { perform } from "./sessionMessages";
import type { Sessions } from "./sessions";

export const panelType = "yieldpoint.panel";

const emptyView: View = {
  status: "empty",
  file: "",
  runtime: "",
  executable: "",
  head: 0,
  cursor: 0,
  tasks: [],
  until: "first",
};

export class PanelHost implements Disposable {
  #panel: WebviewPanel | undefined;
  readonly #disposables = new Disposables();
  readonly #findMessages = new FindMessages();
  readonly #log = this.#disposables.add(window.createOutputChannel("Yieldpoint", { log: true }));

  constructor(readonly sessions: Sessions) {
    this.#disposables.add(sessions.onDidChange(() => this.#sendView()));
    this.#disposables.add(
      window.registerWebviewPanelSerializer(panelType, { deserializeWebviewPanel: async (panel) => this.#adopt(panel) }),
    );
  }

  /** Shows the panel beside the editor and leaves the focus where it is. */
  show(): void {
    if (this.#panel) {
      this.#panel.reveal(undefined, true);
      return;
    }
    const column = { viewColumn: ViewColumn.Beside, preserveFocus: true };
    this.#adopt(window.createWebviewPanel(panelType, "Cooperative Tasks", column, this.#options));
  }

  dispose(): void {
    this.#disposables.dispose();
    this.#panel?.dispose();
  }

  get #options() {
    const { extensionUri } = this.sessions.context;
    return { enableScripts: true, localResourceRoots: [Uri.joinPath(extensionUri, "dist"), Uri.joinPath(extensionUri, "media")] };
  }

  #adopt(panel: WebviewPanel): void {
    this.#panel?.dispose();
    this.#panel = panel;
    const { extensionUri } = this.sessions.context;
    panel.webview.options = this.#options;
    panel.iconPath = Uri.joinPath(extensionUri, "media", "icon.png");
    panel.webview.onDidReceiveMessage((message: unknown) => void this.#receive(message).catch(report));
    panel.onDidChangeViewState(() => this.#sendView());
    panel.onDidDispose(() => {
      if (this.#panel !== panel) return;
      this.#panel = undefined;
      this.#setFocused(false);
    });
    panel.webview.html = panelHtml(panel.webview, extensionUri);
  }

  #sendView(): void {
    if (this.#panel?.visible) this.#post({ type: "view", view: this.#view() });
  }

  #post(message: ToPanel): void {
    void this.#panel?.webview.postMessage(message);
  }

  #view(): View {
    const { current, saved } = this.sessions;
    if (current) return viewOf(current);
    return saved ? savedView(saved) : emptyView;
  }

  #rows(from: number, count: number): Row[] {
    const { current, saved } = this.sessions;
    const most = Math.min(count, maxRows);
    if (current) return rowsOf(current, from, most);
    return saved ? savedRowsOf(saved, from, most) : [];
  }

  async #receive(data: unknown): Promise<void> {
    const message = v.parse(FromPanel, data);
    switch (message.type) {
      case "ready":
        return this.#sendView();
      case "focus":
        return this.#setFocused(message.focused);
      case "command":
        return commands.executeCommand(commandIds[message.command]);
      case "reveal":
        return reveal(message);
      case "rows":
        return this.#post({ type: "rows", id: message.id, rows: this.#rows(message.from, message.count) });
      case "expand":
        return this.#post(await this.#expanded(message));
      case "find":
      case "matches":
      case "match":
      case "endFind":
      case "figures":
      case "copy":
        return this.#find(message);
      case "problem":
        return this.#log.warn(message.message);
      default:
        if (this.sessions.current) await perform(this.sessions.current, message);
    }
  }

  async #find(message: FindMessage): Promise<void> {
    const reply = await this.#findMessages.answer(message, this.sessions.current);
    if (reply) this.#post(reply);
  }

  async #expanded({ id, handle, start }: { id: number; handle: number; start: number }): Promise<ToPanel> {
    try {
      const { properties, total } = await this.#expand(handle, start);
      return { type: "expanded", id, properties, total };
    } catch (error) {
      return { type: "refused", id, message: error instanceof Error ? error.message : String(error) };
    }
  }

  #expand(handle: number, start: number): Promise<MarkedExpansion> {
    const { current } = this.sessions;
    if (!current) return Promise.reject(new Error("The process that held this value is gone."));
    return expandedOf(current, handle, start);
  }

  #setFocused(focused: boolean): void {
    void commands.executeCommand("setContext", "yieldpoint.panelFocused", focused);
  }
}
