/**
 * From a lens, or the palette, to a task in a session.
 */
import { commands, type TextDocument, Uri, window, workspace } from "vscode";
import type { GeneratorFunction } from "../finder";
import { UserCodeError } from "../session/errors";
import type { Session } from "../session/session";
import { reveal, showError } from "./feedback";
import type { Lenses, LensTarget } from "./lenses";
import type { PanelHost } from "./panelHost";
import { askCall, askWhich, savedFirst } from "./prompts";
import type { Sessions } from "./sessions";

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

  /** Begins a new session with one task. */
  async runTask(target?: LensTarget): Promise<void> {
    const chosen = await this.#choose(target);
    if (!chosen || !(await savedFirst(chosen.document))) return;
    const call = await askCall(this.sessions.context, chosen.document.fileName, chosen.generator);
    if (call === undefined) return;
    const session = await this.sessions.begin(chosen.document.fileName);
    session.stale = chosen.document.isDirty;
    this.panel.show();
    await session.open([call]);
    await this.#add(session, chosen, call);
  }

  /** Adds a task to the session there is, which must be one of the same file. */
  async addTask(target?: LensTarget): Promise<void> {
    const session = this.sessions.current;
    if (!session) return this.runTask(target);
    const chosen = await this.#choose(target ?? session.options.file);
    if (!chosen) return;
    const call = await askCall(this.sessions.context, chosen.document.fileName, chosen.generator);
    if (call === undefined) return;
    this.panel.show();
    await this.#add(session, chosen, call);
  }

  /** Tries the call, and lets the user correct one that fails. */
  async #add(session: Session, chosen: Chosen, call: string): Promise<void> {
    for (let next: string | undefined = call; next !== undefined; ) {
      try {
        await session.add(next);
        return;
      } catch (error) {
        if (!(error instanceof UserCodeError)) throw error;
        next = await this.#correct(chosen, next, error);
      }
    }
  }

  async #correct({ document, generator }: Chosen, call: string, error: UserCodeError): Promise<string | undefined> {
    const edit = "Edit the Call";
    const show = error.failure.file ? ["Show Source"] : [];
    const answer = await window.showErrorMessage(`${call}: ${error.advice}`, edit, ...show);
    if (answer === edit) return askCall(this.sessions.context, document.fileName, generator, call);
    if (answer) await reveal(error.failure);
    return undefined;
  }

  async #choose(target: LensTarget | string | undefined): Promise<Chosen | undefined> {
    if (!workspace.isTrusted) {
      const manage = "Manage Workspace Trust";
      const answer = await window.showErrorMessage(
        "Tasks run the code of this folder, so they need a trusted workspace.",
        manage,
      );
      if (answer) await commands.executeCommand("workbench.trust.manage");
      return undefined;
    }
    if (typeof target === "object") return this.#again(target);
    const document = target === undefined ? window.activeTextEditor?.document : await workspace.openTextDocument(target);
    return document && this.#ask(document);
  }

  /** The lens may be older than the text: what it stood for is looked up by name. */
  async #again({ uri, generator }: LensTarget): Promise<Chosen> {
    const document = await workspace.openTextDocument(Uri.parse(uri));
    const now = this.lenses.find(document).find(({ name }) => name === generator.name);
    return { document, generator: now ?? generator };
  }

  async #ask(document: TextDocument): Promise<Chosen | undefined> {
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
