/**
 * The extension's entry point: builds the parts and wires them together, nothing else.
 */
import { type Event, type ExtensionContext, window } from "vscode";
import { registerCommands } from "./editor/commands/commands";
import { SetupCommands } from "./editor/commands/setupCommands";
import { Tasks } from "./editor/commands/startTasks";
import { InputBoxes } from "./editor/panels/inputBoxes";
import { PanelHost } from "./editor/panels/panelHost";
import { StatusItem } from "./editor/panels/statusItem";
import { TraceEditor } from "./editor/panels/traceEditor";
import { emptyView } from "./editor/session/emptyView";
import { ReadyRunner } from "./editor/session/readyRunner";
import { RememberedRules } from "./editor/session/rememberedRules";
import { Sessions } from "./editor/session/sessions";
import { offerCotasksFixes } from "./editor/source/cotasksFixes";
import { EditedNote } from "./editor/source/editedNote";
import { InlineValues } from "./editor/source/inlineValues";
import { Lenses } from "./editor/source/lenses";
import { LiveTaskLenses } from "./editor/source/liveTaskLenses";
import { MarginBreakpoints } from "./editor/source/marginBreakpoints";
import { Marks } from "./editor/source/marks";
import { RecordedSources } from "./editor/source/recordedSources";
import { SetupLenses } from "./editor/source/setupLenses";
import { offerValues } from "./editor/source/valueHover";
import { attendExamples } from "./editor/start/start";
import type { View } from "./protocol/panel";
import { viewOf } from "./session/view/view";

/** The API for other extensions and for the tests inside VS Code. */
export interface Api {
  /** What the panel shows: the current session, the trace of the last one, or that there is none. */
  readonly view: View;
  /** The view may have changed; fires at most about 30 times a second, and when a command is done. */
  readonly onDidChangeView: Event<void>;
}

/** Called by VS Code when a file that may contain generator functions is opened, or a command is used. */
export function activate(context: ExtensionContext): Api {
  const sessions = new Sessions(context);
  // Of the lenses of one line, VS Code puts those that were registered last first.
  const liveTasks = new LiveTaskLenses(sessions, (document) => lenses.find(document));
  const lenses = new Lenses(sessions);
  const log = window.createOutputChannel("Yieldpoint", { log: true });
  const panel = new PanelHost(sessions, log);
  const tasks = new Tasks(sessions, lenses, panel);
  const setups = new SetupCommands(sessions, lenses, panel);
  context.subscriptions.push(
    sessions,
    lenses,
    new ReadyRunner(sessions, lenses.onDidShow),
    liveTasks,
    new SetupLenses(),
    offerCotasksFixes(),
    log,
    panel,
    new RememberedRules(sessions),
    new MarginBreakpoints(sessions),
    new Marks(sessions),
    new InlineValues(sessions),
    offerValues(sessions),
    new EditedNote(sessions),
    new StatusItem(sessions, panel),
    new InputBoxes(sessions, panel),
    new RecordedSources(),
    new TraceEditor(sessions, log),
    attendExamples(context),
    registerCommands(sessions, tasks, setups, panel),
  );
  return {
    get view() {
      return sessions.completed(sessions.viewed ? viewOf(sessions.viewed) : emptyView);
    },
    onDidChangeView: sessions.onDidChange,
  };
}
