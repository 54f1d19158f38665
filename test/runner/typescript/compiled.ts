/**
 * The oracle: a program as `tsc` compiles it, run by Node.
 */
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import ts from "typescript";
import type { Outcome } from "./program";

const typeRoots = [resolve(__dirname, "../../../node_modules/@types")];
const libraries = new Map<string, ts.SourceFile | undefined>();

/** Runs the emitted program, and returns its output and what its generator yielded. */
const driver = `
  const { existsSync, readFileSync } = require("node:fs");
  const path = require("node:path");
  const module1 = new module.constructor(path.resolve("main.js"));
  module1.filename = path.resolve("main.js");
  module1.paths = module.paths;
  const code = readFileSync("main.js", "utf8") + "\\n;globalThis.go = typeof go === 'undefined' ? undefined : go;";
  const tell = (go) => {
    const yielded = go ? [...go()].map(String) : [];
    process.stdout.write(JSON.stringify({ said, yielded }));
  };
  if (existsSync("package.json")) import(path.resolve("main.js")).then(({ go }) => tell(go));
  else {
    module1._compile(code, module1.filename);
    tell(globalThis.go);
  }
`;

/** @throws Error with the compiler's errors in the program */
export function compiledRun(folder: string): Outcome {
  const main = ["main.ts", "main.tsx"].map((name) => join(folder, name)).find(existsSync) ?? "";
  const out = join(folder, "out");
  const options = {
    ...optionsIn(folder),
    outDir: out,
    rootDir: folder,
    lib: ["lib.esnext.d.ts"],
    types: ["node"],
    typeRoots,
    skipLibCheck: true,
  };
  const program = ts.createProgram([main], { ...options, ...modules(options) }, host(options));
  const faults = ts.getPreEmitDiagnostics(program);
  if (faults.length > 0) throw new Error(ts.formatDiagnostics(faults, formatHost));
  program.emit();
  for (const name of readdirSync(folder))
    if (/\.js$|^package\.json$/.test(name)) copyFileSync(join(folder, name), join(out, name));
  return JSON.parse(execFileSync(process.execPath, ["-e", driver], { cwd: out, encoding: "utf8" }));
}

/** A module format that can be required, whatever the program is written for; the meaning is the same. */
function modules({ module }: ts.CompilerOptions): ts.CompilerOptions {
  if (module !== undefined && module >= ts.ModuleKind.Node16 && module <= ts.ModuleKind.NodeNext) return {};
  return { module: ts.ModuleKind.CommonJS, moduleResolution: ts.ModuleResolutionKind.Bundler };
}

function optionsIn(folder: string): ts.CompilerOptions {
  const path = join(folder, "tsconfig.json");
  if (!existsSync(path)) return {};
  const { config } = ts.readConfigFile(path, ts.sys.readFile);
  return ts.parseJsonConfigFileContent(config, ts.sys, folder).options;
}

/** The libraries are parsed once for all programs. */
function host(options: ts.CompilerOptions): ts.CompilerHost {
  const plain = ts.createCompilerHost(options);
  return {
    ...plain,
    getSourceFile(name, ...rest) {
      if (!/[\\/]node_modules[\\/](typescript|@types|undici-types)[\\/]/.test(name)) return plain.getSourceFile(name, ...rest);
      if (!libraries.has(name)) libraries.set(name, plain.getSourceFile(name, ...rest));
      return libraries.get(name);
    },
  };
}

const formatHost: ts.FormatDiagnosticsHost = {
  getCanonicalFileName: (name) => name,
  getCurrentDirectory: () => "",
  getNewLine: () => "\n",
};

/** The places of yields in a file, by the compiler's own parser: line and column, counted from 1. */
export function yieldsIn(name: string, text: string): string[] {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  const places: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isYieldExpression(node)) {
      const { line, character } = source.getLineAndCharacterOfPosition(node.getStart());
      places.push(`${line + 1}:${character + 1}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return places;
}
