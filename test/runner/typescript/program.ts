/**
 * A small TypeScript program, and the folder that it is written to. It reports with `say` what it observes, in that order.
 */
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export interface Program {
  /** What the program is about. */
  readonly about: string;
  /** `main.ts`, or with JSX `main.tsx`. A generator `go` in it is run to its end. */
  readonly main: string;
  readonly options?: Record<string, unknown>;
  readonly files?: Record<string, string>;
  /** A comment before everything else. */
  readonly head?: string;
  readonly isJsx?: boolean;
  /** Whether it does what its types would not permit. */
  readonly isUnchecked?: boolean;
}

/** The result of a program. */
export interface Outcome {
  readonly said: readonly string[];
  readonly yielded: readonly string[];
}

const say = `
globalThis.said = [];
const text = (value) =>
  typeof value === "string" ? value : typeof value === "object" && value ? JSON.stringify(value) : String(value);
// In pieces, because long values are cut in previews.
globalThis.say = (...values) => void said.push(...(values.map(text).join(" ").match(/[^]{1,80}/g) ?? [""]));
`;

const sayTypes = "declare global { var said: string[]; function say(...values: unknown[]): void }\nexport {};\n";

/** Writes the program to a new folder. */
export function written({ main, head = "", options, files = {}, isJsx = false, isUnchecked = false }: Program): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "typescript-")));
  const all: Record<string, string> = {
    "say.js": say,
    "say.d.ts": sayTypes,
    [isJsx ? "main.tsx" : "main.ts"]: `${isUnchecked ? "// @ts-nocheck\n" : ""}${head}import "./say.js";${main}`,
    ...(options ? { "tsconfig.json": JSON.stringify({ compilerOptions: options }) } : {}),
    ...files,
  };
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}
