/**
 * The quick fix for an import of `cotasks` that the editor cannot resolve.
 */
import {
  CodeAction,
  CodeActionKind,
  type CodeActionProvider,
  type Diagnostic,
  type Disposable,
  languages,
  type TextDocument,
} from "vscode";
import { commandIds } from "../commandIds";
import { taskDocuments } from "./lenses";

/** Error messages of language servers if the module or its types cannot be found. */
const isUnresolved = ({ message }: Diagnostic): boolean => /["'`]cotasks["'`]/.test(message);

class CotasksFixes implements CodeActionProvider {
  provideCodeActions(
    { uri }: TextDocument,
    _range: unknown,
    { diagnostics }: { diagnostics: readonly Diagnostic[] },
  ): CodeAction[] {
    const unresolved = diagnostics.filter(isUnresolved);
    if (unresolved.length === 0) return [];
    const fix = new CodeAction("Add the types of cotasks to this folder", CodeActionKind.QuickFix);
    fix.command = { title: fix.title, command: commandIds.addCotasksTypes, arguments: [uri] };
    fix.diagnostics = unresolved;
    return [fix];
  }
}

export function offerCotasksFixes(): Disposable {
  const metadata = { providedCodeActionKinds: [CodeActionKind.QuickFix] };
  return languages.registerCodeActionsProvider(taskDocuments, new CotasksFixes(), metadata);
}
