// Starts a served VS Code on 127.0.0.1, and ends it with all processes that it started.
import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream, mkdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { linkBuiltIn } from "./builtIn";
import { ServerStartError } from "./errors";
import { watchLogs } from "./evidence";
import type { ServedVSCode } from "./obtain";
import { run } from "./run";
import { plainSettings, quietSettings, writeSettings } from "./settings";

export interface ServeOptions {
  vscode: ServedVSCode;
  /** The folder for this server's settings, extensions, logs and state. */
  userDataDir: string;
  /** By default a free one. */
  port?: number;
  /** The token that the browser must present; without one, anything on this machine can connect. */
  token?: string;
  /** A package to install before the server starts. */
  extensionVsix?: string;
  /**
   * Who uses it. A robot's workbench obeys the payload in its address, looks plain, has few of VS Code's own extensions,
   * shows no notifications by itself and skips dialogs.
   */
  audience?: "robot" | "person";
}

/** What the workbench is started with: the extension in development, the test suite. Paths are absolute. */
export interface Payload {
  extensionDevelopmentPath?: string;
  extensionTestsPath?: string;
}

/** A running server. */
export interface Served {
  readonly port: number;
  /** The path of the server's log. */
  readonly log: string;
  /** The address that opens a folder. */
  url(workspaceFolder: string, payload?: Payload): string;
  /** Ends the server, its extension hosts and all their children; resolves when they have ended. */
  stop(): Promise<void>;
}

const guardian = fileURLToPath(new URL("guardian.mjs", import.meta.url));

/**
 * Serves VS Code until `stop` is called or this process ends, in whatever way.
 * @throws ServerStartError, CommandFailedError (the VSIX cannot be installed)
 */
export async function serve(options: ServeOptions): Promise<Served> {
  const { vscode, userDataDir } = options;
  const isPlain = options.audience !== "person";
  await writeSettings(path.join(userDataDir, "data", "User"), { ...quietSettings, ...(isPlain ? plainSettings : {}) });
  const flags = [
    ...serverFlags(options),
    ...(isPlain ? ["--builtin-extensions-dir", await linkBuiltIn(vscode, userDataDir)] : []),
  ];
  if (options.extensionVsix !== undefined) {
    await installExtension(vscode, userDataDir, options.extensionVsix);
  }
  const log = path.join(userDataDir, "server.log");
  const forget = watchLogs(userDataDir);
  const child = spawn(process.execPath, [guardian, vscode.node, vscode.server, ...flags], {
    stdio: ["pipe", "pipe", "pipe"],
    env: outsideOfVSCode(process.env),
  });
  const ended = new Promise<number | string>((resolve) => child.once("exit", (code, signal) => resolve(code ?? signal ?? "?")));
  const port = await listening(child, ended, log);
  return {
    port,
    log,
    url: (folder, payload) => workbenchUrl({ port, token: options.token, folder, payload }),
    async stop() {
      forget();
      child.stdin?.end();
      await ended;
    },
  };
}

function serverFlags({ userDataDir, port = 0, token, audience = "robot" }: ServeOptions): string[] {
  return [
    ...["--host", "127.0.0.1", "--port", String(port)],
    ...(token === undefined ? ["--without-connection-token"] : ["--connection-token", token]),
    ...["--server-data-dir", userDataDir, "--telemetry-level", "off", "--accept-server-license-terms"],
    ...(audience === "robot" ? ["--enable-smoke-test-driver"] : []),
  ];
}

async function installExtension(vscode: ServedVSCode, userDataDir: string, vsix: string): Promise<void> {
  mkdirSync(userDataDir, { recursive: true });
  const flags = ["--server-data-dir", userDataDir, "--accept-server-license-terms", "--telemetry-level", "off"];
  await run(vscode.node, [vscode.server, ...flags, "--install-extension", vsix, "--force"], {
    env: outsideOfVSCode(process.env),
    log: path.join(userDataDir, "install-extension.log"),
  });
}

/** Started from a VS Code terminal, the server would consider itself part of that VS Code. */
function outsideOfVSCode(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$)/.test(name)));
}

function listening(child: ChildProcess, ended: Promise<number | string>, log: string): Promise<number> {
  const output = createWriteStream(log);
  child.stderr?.pipe(output, { end: false });
  return new Promise((resolve, reject) => {
    let head = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      output.write(text);
      head = (head + text).slice(0, 4096);
      const port = /Extension host agent listening on (\d+)/.exec(head)?.[1];
      if (port !== undefined) {
        resolve(Number(port));
      }
    });
    ended.then((code) => {
      output.end();
      reject(new ServerStartError(code, log));
    });
  });
}

interface Address {
  port: number;
  folder: string;
  token: string | undefined;
  payload: Payload | undefined;
}

function workbenchUrl({ port, folder, token, payload }: Address): string {
  const url = new URL(`http://127.0.0.1:${port}/`);
  if (token !== undefined) {
    url.searchParams.set("tkn", token);
  }
  url.searchParams.set("folder", folder);
  if (payload !== undefined) {
    const remote = Object.entries(payload).map(([name, file]) => [name, `vscode-remote://127.0.0.1:${port}${file}`]);
    url.searchParams.set("payload", JSON.stringify([...remote, ["skipWelcome", "true"]]));
  }
  return url.href;
}
