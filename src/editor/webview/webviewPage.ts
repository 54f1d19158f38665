/**
 * One webview that shows a session or a recording. It may be hidden or reloaded at any time; then its state is sent again.
 */
import * as v from "valibot";
import {
  commands,
  type Disposable,
  type Event,
  type ExtensionContext,
  type LogOutputChannel,
  Uri,
  type WebviewPanel,
} from "vscode";
import { type Command, FromPanel, maxRows, type Notice, type ToPanel, tailRows, type View } from "../../protocol/panel";
import { timelineReply } from "../../session/analysis/timeline";
import { expandedOf } from "../../session/view/detail";
import { rowsOf, viewOf } from "../../session/view/view";
import type { Viewed } from "../../session/view/viewed";
import { waitTold } from "../../session/view/waiting";
import { Disposables } from "../disposables";
import { type Place, report } from "../feedback";
import { emptyView } from "../session/emptyView";
import { lanesBelow, showLanesBelow } from "../session/lanesBelow";
import { type FindMessage, FindMessages } from "./findMessages";
import { answerOrder } from "./orderMessages";
import { panelHtml } from "./panelHtml";
import { selectRow } from "./selectedRows";
import { SentTasks } from "./sentTasks";
import type { SessionMessage } from "./sessionMessages";
import { keepWindow } from "./timelineWindows";

/** What a page shows, and the handlers of the user's actions there. */
export interface PageSource {
  /** The session or recording that is currently shown, if any. */
  readonly viewed: Viewed | undefined;
  /** Fires when the state of what is shown has changed, or when something else replaced it. */
  readonly onDidChange: Event<unknown>;
  command(command: Command): unknown;
  perform(message: SessionMessage): unknown;
  reveal(place: Place): unknown;
  /** Called when the user is about to do something on the page. */
  giveWay?(): void;
  /** Takes the round-trip time of a view on its way to the page, in milliseconds. */
  delivered?(millis: number): void;
  /** Adds messages to a view. */
  completed?(view: View): View;
  /** Why there is nothing to show. */
  readonly problem?: Notice | undefined;
}

let focusedPage: Page | undefined;

export class Page implements Disposable {
  readonly #disposables = new Disposables();
  readonly #findMessages = new FindMessages();
  readonly #sentTasks = new SentTasks();
  #isSeen: boolean;

  /** @param log takes errors of the page */
  constructor(
    readonly panel: WebviewPanel,
    readonly source: PageSource,
    readonly context: ExtensionContext,
    readonly log: LogOutputChannel,
  ) {
    this.#isSeen = panel.visible;
    panel.webview.options = pageOptions(context);
    panel.iconPath = Uri.joinPath(context.extensionUri, "media", "icon.png");
    this.#disposables.add(panel.webview.onDidReceiveMessage((message: unknown) => void this.#receive(message).catch(report)));
    this.#disposables.add(panel.onDidChangeViewState(() => this.#seen()));
    this.#disposables.add(source.onDidChange(() => this.#sendView()));
    this.#disposables.add(panel.onDidDispose(() => this.dispose()));
    panel.webview.html = panelHtml(panel.webview, context.extensionUri);
  }

  /** Stops updating the webview, which itself belongs to its owner. */
  dispose(): void {
    this.#disposables.dispose();
    this.#setFocused(false);
  }

  /** A page that was hidden has missed changes. One that only became active has not, and a step may be under way. */
  #seen(): void {
    if (this.panel.visible && !this.#isSeen) this.#sendView();
    this.#isSeen = this.panel.visible;
  }

  #sendView(): void {
    if (!this.panel.visible) return;
    const began = performance.now();
    const view = this.source.completed?.(this.#view()) ?? this.#view();
    void this.panel.webview.postMessage(this.#sentTasks.message(view)).then((isDelivered) => {
      if (isDelivered) this.source.delivered?.(performance.now() - began);
      else this.#sentTasks.forget();
    });
  }

  #view(): View {
    const { viewed, problem } = this.source;
    if (viewed) {
      const below = lanesBelow(this.context, viewed.options.file);
      return { ...viewOf(viewed), ...lastRows(viewed), ...(below.length > 0 ? { below: [...below] } : {}) };
    }
    return problem ? { ...emptyView, status: "failed", recorded: "file", notice: problem } : emptyView;
  }

  async #post(message: ToPanel): Promise<void> {
    await this.panel.webview.postMessage(message);
  }

  async #receive(data: unknown): Promise<void> {
    const message = v.parse(FromPanel, data);
    const { viewed } = this.source;
    switch (message.type) {
      case "ready":
        this.#sentTasks.forget();
        return this.#sendView();
      case "focus":
        return this.#setFocused(message.focused);
      case "giveWay":
        return this.source.giveWay?.();
      case "command":
        return void (await this.source.command(message.command));
      case "reveal":
        return void (await this.source.reveal(message));
      case "rows": {
        const rows = viewed ? rowsOf(viewed, message.from, Math.min(message.count, maxRows)) : [];
        return this.#post({ type: "rows", id: message.id, rows });
      }
      case "expand":
        return this.#post(await expanded(viewed, message));
      case "find":
      case "matches":
      case "match":
      case "endFind":
      case "figures":
      case "copy":
        return this.#find(message);
      case "timeline":
        return this.#post(await timelineReply(viewed?.run, message));
      case "waited": {
        const { id, step, task } = message;
        return this.#post({ type: "waited", id, told: viewed ? waitTold(viewed, step, task) : [] });
      }
      case "scheduleText":
      case "compareBranches":
      case "comparable":
      case "comparison":
      case "comparisonText":
      case "witnessText":
      case "states":
        return this.#post(await answerOrder(viewed, message));
      case "showBelow":
        if (viewed) showLanesBelow(this.context, viewed.options.file, message.function, message.isShown).catch(report);
        return this.#sendView();
      case "window":
        return keepWindow(viewed?.run, message);
      case "row":
        return selectRow(viewed?.run, message.task);
      case "problem":
        return this.log.warn(message.message);
      default:
        await this.source.perform(message);
    }
  }

  async #find(message: FindMessage): Promise<void> {
    const reply = await this.#findMessages.answer(message, this.source.viewed);
    if (reply) await this.#post(reply);
  }

  /** Only one page has the focus at a time. The blur message of another page may arrive after the focus message of this one. */
  #setFocused(focused: boolean): void {
    if (!focused && focusedPage !== this) return;
    focusedPage = focused ? this : undefined;
    void commands.executeCommand("setContext", "yieldpoint.panelFocused", focused);
  }
}

/** The permissions of a page, and the folder of its files. */
export function pageOptions({ extensionUri }: ExtensionContext) {
  return { enableScripts: true, localResourceRoots: [Uri.joinPath(extensionUri, "dist"), Uri.joinPath(extensionUri, "media")] };
}

function lastRows(viewed: Viewed): Pick<View, "rows"> {
  if (viewed.shownStatus !== "running") return {};
  return { rows: rowsOf(viewed, viewed.head - tailRows + 1, tailRows) };
}

async function expanded(
  viewed: Viewed | undefined,
  { id, handle, start }: { id: number; handle: number; start: number },
): Promise<ToPanel> {
  try {
    if (!viewed) throw new Error("The process that had this value has ended.");
    const { properties, total } = await expandedOf(viewed, handle, start);
    return { type: "expanded", id, properties, total };
  } catch (error) {
    return { type: "refused", id, message: error instanceof Error ? error.message : String(error) };
  }
}
