/**
 * The editor for `*.yieldtrace` files: the panel's page, read-only, showing a recording.
 */
import { basename } from "node:path";
import {
  type CustomDocument,
  type CustomReadonlyEditorProvider,
  commands,
  type Disposable,
  EventEmitter,
  type LogOutputChannel,
  type Uri,
  ViewColumn,
  type WebviewPanel,
  window,
} from "vscode";
import type { Command, Notice } from "../../protocol/panel";
import { UserError } from "../../session/common/errors";
import { Recording } from "../../session/openedRecording";
import { commandIds } from "../commandIds";
import { Disposables } from "../disposables";
import type { Place } from "../feedback";
import { coalesced } from "../session/coalesce";
import type { Sessions } from "../session/sessions";
import { settings } from "../settings";
import { forgetSources, revealRecorded } from "../source/recordedSources";
import { look, type SessionMessage } from "../webview/sessionMessages";
import { performOn } from "../webview/viewCommands";
import { Page, type PageSource } from "../webview/webviewPage";

export const traceEditorType = "yieldpoint.trace";

/** An open trace file, shown in any number of tabs. */
class TraceDocument implements CustomDocument {
  readonly recording: Recording | undefined;
  readonly problem: Notice | undefined;
  readonly #changed = new EventEmitter<void>();
  /** Fires when the cursor moved, or more damage was found. */
  readonly onDidChange = this.#changed.event;

  constructor(readonly uri: Uri) {
    try {
      this.recording = new Recording(uri.fsPath, "file", settings.silencedWarnings);
      // Damage is found only when the affected part is read, which happens while it is shown.
      this.recording.onChange(coalesced(() => this.#changed.fire()));
    } catch (error) {
      this.problem = noticeOf(error, uri);
    }
  }

  dispose(): void {
    this.#changed.dispose();
    if (!this.recording) return;
    forgetSources(this.recording);
    this.recording.close();
  }
}

export class TraceEditor implements CustomReadonlyEditorProvider<TraceDocument>, Disposable {
  readonly #disposables = new Disposables();

  constructor(
    readonly sessions: Sessions,
    readonly log: LogOutputChannel,
  ) {
    this.#disposables.add(window.registerCustomEditorProvider(traceEditorType, this));
  }

  openCustomDocument(uri: Uri): TraceDocument {
    return new TraceDocument(uri);
  }

  resolveCustomEditor(document: TraceDocument, panel: WebviewPanel): void {
    const { recording } = document;
    const tab = new Disposables();
    new Page(panel, new TraceTab(document, panel), this.sessions.context, this.log);
    const attend = () => {
      if (panel.active) this.sessions.attend(recording);
      else this.sessions.leaveAlone(recording);
    };
    attend();
    tab.add(panel.onDidChangeViewState(attend));
    tab.add(document.onDidChange(() => panel.active && this.sessions.touch()));
    panel.onDidDispose(() => {
      tab.dispose();
      this.sessions.leaveAlone(recording);
    });
  }

  dispose(): void {
    this.#disposables.dispose();
  }
}

/** One tab of a trace file. */
class TraceTab implements PageSource {
  constructor(
    readonly document: TraceDocument,
    readonly panel: WebviewPanel,
  ) {}

  get viewed(): Recording | undefined {
    return this.document.recording;
  }

  get problem(): Notice | undefined {
    return this.document.problem;
  }

  get onDidChange() {
    return this.document.onDidChange;
  }

  async command(command: Command): Promise<void> {
    const { viewed } = this;
    if (!viewed || performOn(viewed, command)) return;
    if (command === "showSource") await this.reveal({ file: viewed.options.file });
    if (command === "saveTrace" || command === "exportTrace") await commands.executeCommand(commandIds[command]);
  }

  perform(message: SessionMessage): void {
    if (this.viewed) look(this.viewed, message);
  }

  /** Shows the source beside the trace, so that both are visible. */
  async reveal(place: Place): Promise<void> {
    const column = this.panel.viewColumn === ViewColumn.One ? ViewColumn.Beside : ViewColumn.One;
    if (this.viewed) await revealRecorded(this.viewed, place, column);
  }
}

function noticeOf(error: unknown, uri: Uri): Notice {
  if (error instanceof UserError) return { severity: "error", message: error.message, remedy: error.remedy, actions: [] };
  const message = `${basename(uri.fsPath)} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  return { severity: "error", message, remedy: "Open it from a folder on disk that you are allowed to read.", actions: [] };
}
