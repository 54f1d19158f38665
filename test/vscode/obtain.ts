// Installs what a served VS Code and its browser need, once: code-server from npm with the Node it is built for, and a Chromium. If they
// are installed already, it does nothing.
import { existsSync, readdirSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { CommandFailedError, MissingPackagesError, UnsupportedPlatformError } from "./errors";
import { cache, run, runMain, say, which } from "./run";
import { buildPackages, ensurePackages, type SystemPackage } from "./systemPackages";

const nodeVersion = "24.21.0";
const finishedMarker = ".finished";

/** The two files that start a served VS Code: a Node executable and the server's main script. */
export interface ServedVSCode {
  node: string;
  server: string;
}

/**
 * Installs a VS Code that is served to a browser.
 * @param version of the npm package code-server; 4.N.x contains VS Code 1.N. It must be one that runs on Node 24
 * @throws UnsupportedPlatformError, MissingPackagesError, CommandFailedError
 */
export async function obtainServedVSCode(version = "4.139.1", folder = cache): Promise<ServedVSCode> {
  const node = await installOnce(nodePackage(), nodeVersion, folder, {});
  const env = {
    PATH: [path.join(node, "bin"), process.env.PATH].join(path.delimiter),
    npm_config_nodedir: node,
    ...(process.getuid?.() === 0 ? { npm_config_unsafe_perm: "true" } : {}),
  };
  const codeServer = await installOnce("code-server", version, folder, env);
  return {
    node: path.join(node, "bin", "node"),
    server: path.join(codeServer, "lib/vscode/out/server-main.js"),
  };
}

/** Chromium without an interface of its own, which takes about half the processor time of the whole browser, and the whole browser. */
const headlessShell = systemProgram("chromium-headless-shell");
const chromium = systemProgram("chromium", "google-chrome");

/**
 * Finds a Chromium, or installs Debian's: the headless shell, or the whole browser where there is no such package. YIELDPOINT_CHROMIUM
 * overrides the path.
 * @throws MissingPackagesError
 */
export async function obtainChromium(): Promise<string> {
  if (process.env.YIELDPOINT_CHROMIUM !== undefined) return process.env.YIELDPOINT_CHROMIUM;
  try {
    await ensurePackages([headlessShell]);
  } catch (error) {
    if (!(error instanceof MissingPackagesError || error instanceof CommandFailedError)) throw error;
    await ensurePackages([chromium]);
  }
  return headlessShell.path() ?? chromium.path() ?? "";
}

/** A Debian package that contains a program, which can also be installed under other names. */
function systemProgram(name: string, ...others: string[]): SystemPackage & { path(): string | undefined } {
  const find = () => [name, ...others].map(which).find((found) => found !== undefined);
  return { name, path: find, isPresent: () => find() !== undefined };
}

function nodePackage(): string {
  const target = `${process.platform}-${process.arch}`;
  const supported = ["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64"];
  if (!supported.includes(target)) {
    throw new UnsupportedPlatformError(target);
  }
  return `node-${target}`;
}

/**
 * Installs one npm package into its own folder. The package is installed next to it and renamed once it is complete, so that a failed or
 * concurrent install is never mistaken for a complete one.
 */
async function installOnce(name: string, version: string, folder: string, env: NodeJS.ProcessEnv): Promise<string> {
  const home = path.join(folder, `${name}-${version}`);
  const installed = path.join(home, "node_modules", name);
  if (existsSync(path.join(home, finishedMarker))) {
    return installed;
  }
  if (name === "code-server") {
    await ensurePackages(buildPackages);
  }
  say(`Installing ${name} ${version} (once; it can take some minutes)`);
  const started = performance.now();
  const draft = path.join(folder, `installing-${process.pid}-${name}`);
  await removeAbandoned(folder);
  await mkdir(draft, { recursive: true });
  await writeFile(path.join(draft, "package.json"), manifest(name));
  await run("npm", ["install", "--no-package-lock", `${name}@${version}`], {
    cwd: draft,
    env: { ...outsideOfNpmScripts(process.env), ...env },
    log: path.join(folder, "logs", `install-${name}.log`),
  });
  await writeFile(path.join(draft, finishedMarker), "");
  await moveInto(draft, home);
  const seconds = Math.round((performance.now() - started) / 1000);
  say(`Installed ${name} ${version} in ${seconds} s`);
  return installed;
}

/** npm asks before it runs install scripts; this manifest allows those of the one package. */
function manifest(name: string): string {
  return JSON.stringify({ private: true, allowScripts: { [name]: true } });
}

/** Inside `npm test`, npm's environment variables would direct the inner install to this project and its Node. */
function outsideOfNpmScripts(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const steering =
    /^(npm_(package|lifecycle|command|execpath|node_execpath)|npm_config_(user_agent|local_prefix|prefix|global|omit|include|node_gyp|npm_version|allow_scripts|call|workspace)|NODE$)/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !steering.test(name)));
}

async function moveInto(draft: string, home: string): Promise<void> {
  if (existsSync(path.join(home, finishedMarker))) {
    await rm(draft, { recursive: true });
    return;
  }
  await rm(home, { recursive: true, force: true });
  await rename(draft, home);
}

async function removeAbandoned(folder: string): Promise<void> {
  const drafts = existsSync(folder) ? readdirSync(folder) : [];
  for (const draft of drafts) {
    const pid = /^installing-(\d+)-/.exec(draft)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) {
      await rm(path.join(folder, draft), { recursive: true, force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

if (process.argv[1] === import.meta.filename) {
  runMain(async () => {
    console.log(await obtainServedVSCode(), await obtainChromium());
    return 0;
  });
}
