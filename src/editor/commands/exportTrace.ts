/**
 * Export Trace: writes the current trace to a file in a format for other programs, a web page or a message.
 */
import { basename, dirname, extname, join } from "node:path";
import { commands, env, UIKind, Uri, window } from "vscode";
import { type ExportFormat, exportExtensions, exportTrace } from "../../session/view/export";
import type { Viewed } from "../../session/view/viewed";
import { showInformation } from "../messages";
import { askOne } from "../prompts/ask";
import type { Sessions } from "../session/sessions";
import { windowOf } from "../webview/timelineWindows";
import { atRest, written } from "./writeWithProgress";

/** The arguments that another extension or a test can pass, so that the user is not asked. */
export interface ExportTarget {
  readonly format: ExportFormat;
  readonly uri: Uri;
}

const formats: readonly { readonly format: ExportFormat; readonly label: string; readonly detail: string }[] = [
  {
    format: "chrome",
    label: "Chrome Trace",
    detail: "For Perfetto (ui.perfetto.dev): tasks are threads, slices follow each other without gaps",
  },
  { format: "text", label: "Text Table", detail: "One column per task, to paste into an issue or a chat" },
  {
    format: "svg",
    label: "Picture of the Timeline (SVG)",
    detail: "What the timeline shows now, readable on light and dark backgrounds",
  },
  { format: "jsonl", label: "JSON Lines", detail: "One object per step, for other programs" },
];

const filters: Readonly<Record<ExportFormat, string>> = {
  chrome: "Chrome traces",
  jsonl: "JSON Lines",
  text: "Text",
  svg: "SVG pictures",
};

/** The command's argument if it is an export target; the palette passes none, and a lens passes something else. */
export function exportTargetOf(given: unknown): ExportTarget | undefined {
  const target = given as Partial<ExportTarget> | undefined;
  const isTarget = target?.uri instanceof Uri && formats.some(({ format }) => format === target.format);
  return isTarget ? (target as ExportTarget) : undefined;
}

/**
 * Exports the active trace, with progress. When cancelled, it leaves no file.
 *
 * @param target the format and the file; the user is asked for what is missing
 * @throws SessionStateError if there is no trace that can be exported now
 */
export async function exportShownTrace(sessions: Sessions, target?: ExportTarget): Promise<void> {
  const viewed = atRest(sessions, "export");
  const { format, uri } = target ?? (await ask(viewed)) ?? {};
  if (!format || !uri) return;
  const shown = windowOf(viewed.run);
  const isWhole = await written("Exporting the trace", (following) =>
    exportTrace(viewed, format, uri.fsPath, { window: shown, ...following }),
  );
  if (isWhole && !target) await tell(uri);
}

async function ask(viewed: Viewed): Promise<ExportTarget | undefined> {
  const picked = await askOne(formats, { title: "Export Trace", placeHolder: "Which format?" });
  if (!picked) return undefined;
  const { format } = picked;
  const { file } = viewed.options;
  const name = `${basename(file, extname(file)) || "tasks"}.${exportExtensions[format]}`;
  const ending = exportExtensions[format].split(".").slice(-1);
  const uri = await window.showSaveDialog({
    title: "Export Trace",
    defaultUri: Uri.file(join(dirname(file), name)),
    filters: { [filters[format]]: ending },
  });
  return uri && { format, uri };
}

async function tell(uri: Uri): Promise<void> {
  const [open, reveal] = ["Open", "Reveal"];
  const answer = await showInformation(`The trace was exported to ${basename(uri.fsPath)}.`, open, reveal);
  if (answer === open) await commands.executeCommand("vscode.open", uri);
  // A browser cannot show a folder of the remote machine, but VS Code's explorer can.
  const showing = env.uiKind === UIKind.Web ? "revealInExplorer" : "revealFileInOS";
  if (answer === reveal) await commands.executeCommand(showing, uri);
}
