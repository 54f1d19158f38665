/**
 * The user's modules in compiled form, without instances.
 */
import vm from "node:vm";
import { passedNames, wrapperNames } from "../compiler/wrapper";
import { failureOf, RequestError, type UserFiles } from "../values/failures";
import { functionAwait, generatorAwait, moduleAwaitAt } from "./awaits";
import { forAwait } from "./awaits/asyncLoop";
import { driveIn, superOf } from "./awaits/asyncRuns";
import { combined, sleeping, slept } from "./awaits/awaitedPromises";
import { beginAt } from "./begins";
import { noteCallAt } from "./notedCalls";
import { asyncMark, delegate, mark, names, type PointTable, thrownAt } from "./pointMarks";
import { readSource } from "./sourceFile";
import { threadNames } from "./threads/names";
import { threadFunctions } from "./threads/runtime";
import { type Transformed, transformFile } from "./transform";

const { exports, ...loading } = passedNames;
/** What is passed to the code of a module first. An ES module has no names of its own for it. */
const parameters = { common: wrapperNames.join(), linked: exports };
/** What is passed to the code of every module. */
export const marks = [
  ...Object.values(loading),
  ...[names.mark, names.asyncMark, names.delegate, names.generatorAwait, names.functionAwait],
  ...[names.thrown, names.moduleAwait, names.begin, names.call],
  ...[names.drive, names.superOf, names.forAwait, names.combined, names.sleeping, names.slept],
  ...Object.values(threadNames),
].join();

/** The functions of these names. */
export function markingFunctions(file: string, { throws, functions, calls }: CompiledModule): readonly unknown[] {
  const placed = [thrownAt(throws), moduleAwaitAt(throws), beginAt(file, functions), noteCallAt(file, calls)];
  const driving = [driveIn(file, functions), superOf, forAwait, combined, sleeping, slept];
  return [mark, asyncMark, delegate, generatorAwait, functionAwait, ...placed, ...driving, ...threadFunctions];
}

/** Closes the function that a module is wrapped in. */
const end = "\n})";

export type Body = (...args: unknown[]) => unknown;

/** A module that was transformed and compiled once. It is evaluated in every instance. */
export interface CompiledModule extends Transformed {
  readonly source: string;
  /** The code that is executed. Its lines correspond to those of the source. */
  readonly text: string;
  readonly awaits: boolean;
  readonly body: () => Body;
}

/** Compiled code is kept longer than the instances of a module, so that a fresh instance has the same yield points. */
export class CompiledModules implements UserFiles {
  readonly hasColumns = true;
  readonly #modules = new Map<string, CompiledModule>();

  /**
   * @param transform how the source is transformed, if not as for a session
   * @param passed the names by which the code refers to what it is passed
   */
  constructor(
    readonly points: PointTable,
    readonly transform = transformFile,
    readonly passed = `${marks}, ${names.scope}`,
  ) {}

  get all(): ReadonlyMap<string, CompiledModule> {
    return this.#modules;
  }

  /** Whether the file is one of the user's own. */
  has(file: string): boolean {
    return this.#modules.has(file);
  }

  /** Maps a column of the code to the source, or to the start of the line if there is no mapping; 0 for other files. Columns count from 1. */
  columnOf(file: string, line: number, column: number): number {
    const module = this.#modules.get(file);
    if (!module) return 0;
    const { places, source } = module;
    const found = places.sourceColumn(line, inCode(module, line, column)) ?? lineOf(source, line).search(/\S|$/);
    return found + 1;
  }

  /** Where the source has what begins at a position in the code; undefined if it is not known. Columns count from 1. */
  placeOf(file: string, line: number, column: number): { readonly line: number; readonly column: number } | undefined {
    const module = this.#modules.get(file);
    const found = module?.places.sourceOf(line, inCode(module, line, column));
    return found && { line: found.line, column: found.column + 1 };
  }

  /** @throws RequestError with code `syntax` */
  get(file: string, awaits: boolean): CompiledModule {
    const known = this.#modules.get(file);
    if (known && (!known.isModule || known.awaits === awaits)) return known;
    const compiled = this.#compile(file, awaits);
    this.#modules.set(file, compiled);
    return compiled;
  }

  #compile(file: string, awaits: boolean): CompiledModule {
    const source = readSource(file);
    const transformed = this.transform(file, source, this.points, awaits);
    const prefix = transformed.isModule && awaits ? "async function" : "function";
    const first = transformed.links ? parameters.linked : parameters.common;
    const text = `(${prefix} (${first}, ${this.passed}) { ${transformed.code}${end}`;
    const script = compileScript(text, file);
    return { ...transformed, awaits, source, text, body: () => script.runInThisContext() as Body };
  }
}

/** A column as the transformed code has it, without the beginning of the function around it. It counts from 0. */
function inCode({ text, code }: CompiledModule, line: number, column: number): number {
  return column - 1 - (line === 1 ? text.length - code.length - end.length : 0);
}

function lineOf(text: string, line: number): string {
  let start = 0;
  for (let at = 1; at < line; at += 1) start = text.indexOf("\n", start) + 1;
  const end = text.indexOf("\n", start);
  return text.slice(start, end === -1 ? undefined : end);
}

/** Compiles a module. V8 rejects some code that Babel accepts: it is invalid, or newer than this version of Node. */
function compileScript(text: string, file: string): vm.Script {
  try {
    return new vm.Script(text, { filename: file });
  } catch (error) {
    const remedy = `Correct the code, or run it with another Node if it is too new for Node ${process.versions.node}.`;
    throw new RequestError({ ...failureOf("syntax", error, { has: (at) => at === file, hasColumns: false }, { remedy }), file });
  }
}
