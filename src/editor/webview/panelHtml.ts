/**
 * The HTML page around the panel: it loads the panel's files under a content security policy that allows nothing else.
 */
import { randomBytes } from "node:crypto";
import { Uri, type Webview } from "vscode";

/** The HTML of the panel. It contains none of the user's text, which arrives later as messages. */
export function panelHtml(webview: Webview, extensionUri: Uri): string {
  const uri = (...path: string[]) => webview.asWebviewUri(Uri.joinPath(extensionUri, ...path)).toString();
  const nonce = randomBytes(16).toString("base64url");
  const policy = [
    "default-src 'none'",
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    `script-src 'nonce-${nonce}'`,
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Cooperative Tasks</title>
<link rel="stylesheet" href="${uri("dist", "panel", "codicon.css")}">
<link rel="stylesheet" href="${uri("dist", "panel", "panel.css")}">
</head>
<body>
<div id="root"></div>
<script nonce="${nonce}" src="${uri("dist", "panel", "panel.js")}"></script>
</body>
</html>`;
}
