// The few of VS Code's own extensions that tests need. All others would only be loaded, which takes a third of the time of opening a window.
import { mkdir, symlink } from "node:fs/promises";
import path from "node:path";
import type { ServedVSCode } from "./obtain";

const needed = [
  "configuration-editing",
  "javascript",
  "json",
  "json-language-features",
  "markdown-basics",
  "ms-vscode.js-debug", // without any debugger, no breakpoint can be set in the margin
  "node_modules", // TypeScript itself
  "python",
  "theme-defaults",
  "theme-seti",
  "typescript-basics",
  "typescript-language-features",
];

/** Makes a folder with them. @returns its path */
export async function linkBuiltIn({ server }: ServedVSCode, userDataDir: string): Promise<string> {
  const all = path.join(server, "..", "..", "extensions");
  const few = path.join(userDataDir, "built-in");
  await mkdir(few, { recursive: true });
  await Promise.all(needed.map((name) => symlink(path.join(all, name), path.join(few, name), "dir")));
  return few;
}
