/**
 * From the user's source to code that Node runs: types, JSX and modules go, lines stay, yield points become visible.
 */
import { readFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import type { YieldPoint } from "../../core/trace";
import type { ParseError, Transform } from "./babel";
import { RequestError } from "./failures";
import { type Findings, type GeneratorSource, instrument } from "./instrument";
import { names, type PointTable } from "./marks";
import { keepingStacks } from "./stackTraces";

/** Code that waits to be evaluated. */
export interface Transformed {
  readonly code: string;
  /** Written with `import` and `export`. */
  readonly isModule: boolean;
  readonly functions: readonly GeneratorSource[];
  /** The `throw` statements, by the numbers that they pass. */
  readonly throws: readonly YieldPoint[];
}

let loaded: Transform | undefined;

/** The transformer, loaded at first use: it is by far the largest part of the runner. */
export const transform: Transform = (options) =>
  keepingStacks(() => {
    loaded ??= require(join(__dirname, "jiti", "dist", "babel.cjs")) as Transform;
    return loaded(options);
  });

/**
 * Transforms a whole file.
 *
 * @param awaits whether its imports may be awaited, which lets it use ES modules and top-level await
 * @throws RequestError with code `syntax`
 */
export function transformFile(file: string, source: string, points: PointTable, awaits: boolean): Transformed {
  const findings: Findings = { isModule: false, functions: [], throws: [] };
  const babel = {
    sourceType: sourceType(file),
    parserOpts: { allowReturnOutsideFunction: true, errorRecovery: false },
    plugins: [() => instrument(file, points, findings)],
  };
  // A line for the shell would stay in front of everything else, and the wrapper has to come before it.
  const plain = source.replace(/^#!/, "//");
  const { code, error } = transform({ ...dialect(file, plain), source: plain, filename: file, async: awaits, babel });
  if (error) throw new RequestError(syntaxFailure(error, file));
  return { code, ...findings };
}

/**
 * An expression in the dialect of a file, as a statement that declares `names.value`.
 *
 * @throws SyntaxError in the words of the parser
 */
export function transformExpression(expression: string, file: string): string {
  const source = `const ${names.value} = (${expression}\n);`;
  const babel = { sourceType: "script", parserOpts: { errorRecovery: false } };
  const { code, error } = transform({ ...dialect(file, source), source, filename: file, async: false, babel });
  if (error) throw new SyntaxError(plainMessage(error));
  return code;
}

/** What the ending of a file allows in it. */
function dialect(file: string, source: string) {
  const runtime: "automatic" | "classic" = /@jsx\s|\bReact\b/.test(source) ? "classic" : "automatic";
  const jsx = /(\.[jt]sx|\.[cm]?js)$/.test(file) ? { runtime } : (false as const);
  return { ts: /\.[cm]?tsx?$/.test(file), jsx, interopDefault: true };
}

function sourceType(file: string): string {
  const extension = extname(file);
  if (extension === ".mjs" || extension === ".mts") return "module";
  return extension === ".js" && packageType(dirname(file)) === "module" ? "module" : "unambiguous";
}

/** The `type` of the nearest package.json. */
function packageType(folder: string): unknown {
  const found = readJson(join(folder, "package.json"));
  if (found) return (found as { type?: unknown }).type;
  const above = dirname(folder);
  return above === folder ? undefined : packageType(above);
}

function readJson(file: string): object | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

function syntaxFailure(error: ParseError, file: string) {
  const place = error.loc ? { line: error.loc.line, column: error.loc.column + 1 } : {};
  return { code: "syntax", message: plainMessage(error), file, ...place };
}

/** The parser's first line, without the path before it and the place behind it. */
function plainMessage(error: Error): string {
  const first = error.message.split("\n")[0] ?? "";
  return first
    .replace(/^\S*?: /, "")
    .replace(/ ?\(\d+:\d+\)$/, "")
    .slice(0, 500);
}
