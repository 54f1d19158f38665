/**
 * The end of an observed program by an exception that nobody catches. Node shows the line of the code that runs, which is not quite that of
 * the source, so it is shown here.
 */
import fs from "node:fs";
import { inspect } from "node:util";
import type { YieldPoint } from "../../../core/trace/trace";
import { isError } from "../engine/errors";
import { thrownOf } from "../execute/throws";
import type { CompiledModules } from "../load/compiledModules";
import { throwPlace } from "../load/pointMarks";
import type { Recorder } from "../process/recorder";
import { userFrames } from "../values/failures";

interface NodeProcess {
  /** What Node calls with an exception. Without a handler, it emits `exit` and returns false. */
  _fatalException(error: unknown, isRejection: boolean): boolean;
  reallyExit(code: unknown): void;
}

const node = process as unknown as NodeProcess;
const { writeSync } = fs;

/** Tells the session of an uncaught exception, after the program has had its chance to handle it, and shows it as Node does. */
export function tellUncaught(recorder: Recorder, compiled: CompiledModules): void {
  const original = node._fatalException;
  node._fatalException = (error, isRejection) => {
    if (original.call(process, error, isRejection)) return true;
    endBy(error, isRejection, recorder, compiled);
    return false;
  };
}

/** Ends the process by an exception, at once, unless Node's own code has thrown it. */
export function endBy(error: unknown, isRejection: boolean, recorder: Recorder, compiled: CompiledModules): void {
  recorder.send();
  recorder.wire.say({ event: "uncaught", step: recorder.steps, thrown: thrownOf(error, compiled) });
  recorder.wire.flush();
  const at = placeOf(error, isRejection, compiled);
  if (!at) return;
  show(textOf(error, at, compiled));
  node.reallyExit(process.exitCode ?? 1);
}

/** Ends the process because the main module failed after an `await`, unless the program handles it. */
export function failLater(error: unknown): void {
  if (node._fatalException(error, true)) return;
  show(`${inspect(error)}\n\nNode.js ${process.version}\n`);
  node.reallyExit(process.exitCode ?? 1);
}

/** For a rejection, Node shows where the error was made. */
function placeOf(error: unknown, isRejection: boolean, compiled: CompiledModules): YieldPoint | undefined {
  const [frame] = userFrames(error, compiled);
  return isRejection ? (frame ?? throwPlace(error)) : (throwPlace(error) ?? frame);
}

function textOf(error: unknown, { file, line, column }: YieldPoint, compiled: CompiledModules): string {
  const source = compiled.all.get(file)?.source.split(/\r\n|[\n\r\u2028\u2029]/)[line - 1] ?? "";
  const indent = source.slice(0, column - 1).replace(/[^\t]/g, " ");
  const place = `${file}:${line}\n${source}\n${indent}^`;
  const hint = isObject(error) ? "" : "(Use `node --trace-uncaught ...` to show where the exception was thrown)\n";
  const thrown = isObject(error) ? inspect(error) : String(error);
  const shown = isError(error) ? `${place}\n\n${thrown}\n` : `\n${place}\n${thrown}\n${hint}`;
  return `${shown}\nNode.js ${process.version}\n`;
}

function isObject(value: unknown): boolean {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

function show(text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) at += writeSync(2, bytes, at);
}
