/**
 * Transforms the user's source to code that Node runs. Types, JSX and modules are removed, line numbers are preserved, and yield points
 * become visible.
 */
import { dirname, extname, join } from "node:path";
import type { YieldPoint } from "../../../core/trace/trace";
import type * as Compiler from "../compiler";
import { packageType } from "../compiler/packageType";
import { keepingStacks } from "../engine/stackTraces";
import { RequestError } from "../values/failures";
import type { ParseError } from "./babel";
import { type Findings, type GeneratorSource, instrument } from "./instrument";
import { names, type PointTable } from "./pointMarks";

/** Transformed code that has not been evaluated. */
export interface Transformed {
  readonly code: string;
  /** Maps positions in the code to positions in the source. */
  readonly places: Compiler.GenMapping;
  readonly madeUpNames: Compiler.MadeUpNames;
  /** Whether the source uses `import` or `export`. */
  readonly isModule: boolean;
  readonly functions: readonly GeneratorSource[];
  /** The `throw` statements and top-level `await`s. The index is the number that each passes to the function that notes its place. */
  readonly throws: readonly YieldPoint[];
  /** The lines of the calls that are marked, by number. */
  readonly calls: readonly number[];
  /** What an ES module exports and imports; undefined for others, and for TypeScript that becomes CommonJS. */
  readonly links?: Compiler.ModuleLinks;
}

let loaded: typeof Compiler | undefined;

/** The compiler is by far the largest part of the runner, so it is loaded on first use. */
function compiler(): typeof Compiler {
  loaded ??= require(join(__dirname, "compiler.js")) as typeof Compiler;
  return loaded;
}

/** Must be called before files are loaded again: the files and their configuration may have changed. */
export function forgetFiles(): void {
  loaded?.forgetFiles();
}

/** The transformation function that jiti uses. */
export const transform: typeof Compiler.transform = (options) => keepingStacks(() => compiler().transform(options));

/**
 * Transforms a whole file.
 *
 * @param awaits whether imports may be awaited, which allows ES modules and top-level await
 * @param hooksOf makes the changes to its tree
 * @throws RequestError with code `syntax`
 */
export function transformFile(
  file: string,
  source: string,
  points: PointTable,
  awaits: boolean,
  hooksOf = instrument,
): Transformed {
  const findings: Findings = { isModule: false, functions: [], throws: [], calls: [] };
  const hooks = hooksOf(file, points, findings);
  // A shebang would have to stay in the first line, where the module wrapper begins.
  const plain = source.replace(/^#!/, "//");
  try {
    const compiled = keepingStacks(() =>
      compiler().compile({ source: plain, filename: file, sourceType: sourceType(file), isOwn: true, awaits, hooks }),
    );
    return { ...compiled, ...findings };
  } catch (error) {
    throw refusalOf(error as ParseError, file);
  }
}

/** What takes part in the compilation of an expression. */
export type Compiling = Pick<Compiler.Hooks, "parsed" | "lowered">;

/**
 * Transforms an expression in the dialect of a file to a statement that declares `names.value`.
 *
 * @returns its code, and the source with the positions that the nodes have
 * @throws SyntaxError with the parser's message
 */
export function transformExpression(expression: string, file: string, compiling?: Compiling): { code: string; source: string } {
  const source = `const ${names.value} = (${expression}\n);`;
  const hooks = compiling && { bound: () => undefined, linked: () => undefined, ...compiling };
  const given = { source, filename: file, sourceType: "script", isOwn: true, awaits: false } as const;
  try {
    return { code: keepingStacks(() => compiler().compile({ ...given, ...(hooks ? { hooks } : {}) })).code, source };
  } catch (error) {
    throw error instanceof SyntaxError ? new SyntaxError(plainMessage(error)) : error;
  }
}

function sourceType(file: string): "module" | "unambiguous" {
  const extension = extname(file);
  if (extension === ".mjs" || extension === ".mts") return "module";
  return extension === ".js" && packageType(dirname(file)) === "module" ? "module" : "unambiguous";
}

/**
 * The files that an import can refer to through `paths` in the tsconfig.json.
 *
 * @throws RequestError with code `load`
 */
export function pathsFor(file: string, id: string): string[] {
  try {
    return keepingStacks(() => compiler().pathsFor(file)(id));
  } catch (error) {
    throw refusalOf(error as ParseError, file);
  }
}

function refusalOf(error: ParseError, file: string): unknown {
  if (error.name === "TsconfigError") {
    const remedy = "Check the nearest tsconfig.json and what it extends.";
    return new RequestError({ code: "load", message: error.message, file, remedy });
  }
  if (!(error instanceof SyntaxError)) return error;
  const place = error.loc ? { line: error.loc.line, column: error.loc.column + 1 } : {};
  const remedy = isTypeScript(file) ? { remedy: otherReading } : {};
  return new RequestError({ code: "syntax", message: plainMessage(error), file, ...place, ...remedy });
}

/** The parser is not the TypeScript compiler, so the parser itself may be wrong. */
const otherReading =
  "Check the code there. If the TypeScript compiler accepts it, it is valid TypeScript that Yieldpoint cannot run yet: write it in another way.";

/** Whether a file is written in TypeScript. */
export function isTypeScript(file: string): boolean {
  return /\.[cm]?tsx?$/.test(file);
}

/** The first line of the parser's message, without the path at its beginning and the position at its end. */
function plainMessage(error: Error): string {
  const first = error.message.split("\n")[0] ?? "";
  return first
    .replace(/^\S*?: /, "")
    .replace(/ ?\(\d+:\d+\)$/, "")
    .slice(0, 500);
}
