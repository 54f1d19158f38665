/**
 * Creates a task in a session, from a lens or the palette.
 */
import { commands, type TextDocument, Uri, window, workspace } from "vscode";
import type { GeneratorFunction } from "../../finder";
import type { Session } from "../../session/session";
import { showError } from "../feedback";
import type { PanelHost } from "../panels/panelHost";
import { startSession, startTask } from "../panels/sessionStarts";
import { askCall, askWhich, savedFirst } from "../prompts/taskPrompts";
import type { Sessions } from "../session/sessions";
import type { Lenses, LensTarget } from "../source/lenses";

interface Chosen {
  readonly document: TextDocument;
  readonly generator: GeneratorFunction;
}

export class Tasks {
  constructor(
    readonly sessions: Sessions,
    readonly lenses: Lenses,
    readonly panel: PanelHost,
  ) {}

  /** Starts a new session with one task. */
  async runTask(target?: LensTarget): Promise<void> {
    const chosen = await this.#choose(target);
    if (!chosen || !(await savedFirst(chosen.document))) return;
    const call = await this.#ask(chosen);
    if (call !== undefined) await this.#start(chosen, call);
  }

  /** Adds a task to the current session, if it is a session of the same file. Waits for a session that is just starting. */
  async addTask(target?: LensTarget): Promise<void> {
    await this.sessions.starts.settled;
    const session = this.sessions.current;
    if (!session) return this.runTask(target);
    const chosen = await this.#choose(target ?? session.options.file);
    if (!chosen) return;
    const call = await this.#ask(chosen);
    if (call !== undefined) await this.#add(session, chosen, call);
  }

  async #start(chosen: Chosen, call: string): Promise<void> {
    const { fileName: file, isDirty: stale } = chosen.document;
    this.panel.show();
    await startSession(this.sessions, { file, calls: [call], stale }, async () => {
      const again = await this.#ask(chosen, call);
      if (again !== undefined) await this.#start(chosen, again);
    });
  }

  async #add(session: Session, chosen: Chosen, call: string): Promise<void> {
    this.panel.show();
    await startTask(this.sessions, session, call, async () => {
      const again = await this.#ask(chosen, call);
      if (again !== undefined) await this.#add(session, chosen, again);
    });
  }

  /** @param again a call that failed, to be corrected */
  #ask({ document, generator }: Chosen, again?: string): Promise<string | undefined> {
    return askCall(this.sessions.context, document.fileName, generator, again);
  }

  async #choose(target: LensTarget | string | undefined): Promise<Chosen | undefined> {
    if (!workspace.isTrusted) {
      const manage = "Manage Workspace Trust";
      const answer = await window.showErrorMessage(
        "Running tasks executes code from this folder, so it needs a trusted workspace.",
        manage,
      );
      if (answer) await commands.executeCommand("workbench.trust.manage");
      return undefined;
    }
    if (typeof target === "object") return this.#again(target);
    const document = target === undefined ? window.activeTextEditor?.document : await workspace.openTextDocument(target);
    return document && this.#askIn(document);
  }

  /** The text may have changed since the lens was made, so its function is looked up by name. */
  async #again({ uri, generator }: LensTarget): Promise<Chosen> {
    const document = await workspace.openTextDocument(Uri.parse(uri));
    const now = this.lenses.find(document).find(({ name }) => name === generator.name);
    return { document, generator: now ?? generator };
  }

  async #askIn(document: TextDocument): Promise<Chosen | undefined> {
    const generators = document.uri.scheme === "file" ? this.lenses.find(document) : [];
    if (generators.length === 0) {
      await showError(
        `There is no generator function to run in ${workspace.asRelativePath(document.uri)}. Open a saved file that has one.`,
      );
      return undefined;
    }
    const editor = window.visibleTextEditors.find((one) => one.document === document);
    const generator = await askWhich(generators, (editor?.selection.active.line ?? 0) + 1);
    return generator && { document, generator };
  }
}
