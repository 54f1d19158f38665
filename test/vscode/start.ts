// `npm start`: opens a VS Code with the built extension and the examples: the desktop VS Code if `code` is on PATH, otherwise a served one
// at a printed address, until Ctrl-C.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import path from "node:path";
import { obtainServedVSCode } from "./obtain";
import { cache, root, runMain, say, which } from "./run";
import { serve } from "./serve";
import { examples } from "./workspace";

async function start(): Promise<number> {
  const desktop = process.env.YIELDPOINT_VSCODE === "served" ? undefined : which("code");
  return desktop === undefined ? startServed() : startDesktop(desktop);
}

function startDesktop(code: string): Promise<number> {
  const child = spawn(code, [`--extensionDevelopmentPath=${root}`, examples], { stdio: "inherit" });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (exit) => resolve(exit ?? 1));
  });
}

async function startServed(): Promise<number> {
  const served = await serve({
    vscode: await obtainServedVSCode(),
    userDataDir: path.join(cache, "start"),
    token: randomBytes(16).toString("hex"),
    extensionVsix: path.join(root, "yieldpoint.vsix"),
    audience: "person",
  });
  console.log(served.url(examples));
  say("Open this address in a browser. Ctrl-C ends it.");
  await new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.once(signal, () => resolve());
    }
  });
  await served.stop();
  return 0;
}

runMain(start);
