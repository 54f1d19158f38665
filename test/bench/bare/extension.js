// The least that an extension can be: a lens on each file, and a page whose button is answered. What the editor itself takes is seen in it.
const { CodeLens, commands, languages, Range, ViewColumn, window } = require("vscode");

const page = `<!DOCTYPE html><button id="echo">Echo</button><output>0</output><script>
  const host = acquireVsCodeApi();
  let count = 0;
  document.getElementById("echo").onclick = () => host.postMessage((count += 1));
  addEventListener("message", ({ data }) => {
    document.querySelector("output").textContent = data;
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => performance.mark("bare:painted", { detail: { head: data } });
      port2.postMessage(undefined);
    });
  });
</script>`;

function echo() {
  const panel = window.createWebviewPanel("bare.echo", "Echo", ViewColumn.Beside, { enableScripts: true });
  panel.webview.onDidReceiveMessage((count) => panel.webview.postMessage(count));
  panel.webview.html = page;
}

exports.activate = ({ subscriptions }) => {
  const lens = new CodeLens(new Range(0, 0, 0, 0), { title: "Bare lens", command: "bare.echo" });
  subscriptions.push(
    languages.registerCodeLensProvider({ language: "typescript", scheme: "file" }, { provideCodeLenses: () => [lens] }),
    commands.registerCommand("bare.echo", echo),
  );
};
