/**
 * The process of a user's policy: loads the file, and asks its function which task runs next. Requests come on fd 3, answers are
 * written to fd 4, as in a runner.
 */
import { readFileSync, writeSync } from "node:fs";
import { Socket } from "node:net";
import { dirname, join } from "node:path";
import type { Jiti } from "jiti";
import * as v from "valibot";
import { decodeJson, encodeMessage, FrameReader } from "../../protocol/framing";
import { maxPicks, type PolicyQuestion, PolicyRequest } from "../../protocol/policy";
import type { Failure } from "../../protocol/runner";
import type * as Compiler from "../javascript/compiler";
import { hideRunner, keepingStacks } from "../javascript/engine/stackTraces";
import { failureOf, RequestError } from "../javascript/values/failures";
import { preview } from "../javascript/values/preview";

type Rule = (question: PolicyQuestion) => unknown;

const jiti = join(__dirname, "..", "javascript", "jiti");

const transform: typeof Compiler.transform = (options) =>
  keepingStacks(() => (require(join(jiti, "..", "compiler.js")) as typeof Compiler).transform(options));

const answersFd = 4;
const requests = new Socket({ fd: 3 });
const frames = new FrameReader();
hideRunner(dirname(__dirname));

let file = "";
let rule: Rule | undefined;
let last = Promise.resolve();
/** The id of the request that has not been answered yet. */
let waiting: number | undefined;
/** An error outside of the function, in a timer or an unhandled promise. It is reported with the next answer. */
let fault: Failure | undefined;

requests.on("data", (piece) => {
  for (const { payload } of frames.push(piece)) {
    const request = v.parse(PolicyRequest, decodeJson(payload));
    last = last.then(() => serve(request));
  }
});
requests.on("end", () => process.exit());
process.on("uncaughtException", (error, origin) => {
  // A handler of the user keeps the process alive, as it would without Yieldpoint.
  if (process.listenerCount("uncaughtException") > 1) return;
  const { message, ...rest } = failure(error);
  fault ??= { message: `${origin === "unhandledRejection" ? "Unhandled rejection" : "Uncaught"} ${message}`, ...rest };
  answer({ ok: false, error: fault });
});

async function serve(request: PolicyRequest): Promise<void> {
  waiting = request.id;
  if (fault) return answer({ ok: false, error: fault });
  try {
    const result = request.method === "load" ? await load(request.file) : { picks: await pick(request.question) };
    answer({ ok: true, result });
  } catch (error) {
    answer({ ok: false, error: error instanceof RequestError ? error.failure : failure(error) });
  }
}

/** Answers the current request once. After an error was reported, the function's result is ignored. */
function answer(outcome: object): void {
  if (waiting === undefined) return;
  const id = waiting;
  waiting = undefined;
  say({ id, ...outcome });
}

async function load(path: string): Promise<{ line?: number }> {
  file = path;
  const create = require(join(jiti, "lib", "jiti.cjs")) as (id: string, options: object) => Jiti;
  const loaded = await create(path, { fsCache: false, interopDefault: true, transform }).import(path);
  const found = functionsOf(loaded);
  if (found.length !== 1) {
    throw refusal(
      `The file exports ${found.length} functions.`,
      "Export one: it is given the ready tasks and returns the number of the one that runs next.",
    );
  }
  rule = found[0];
  return lineOfExport();
}

/** The default export if it is a function, otherwise all exported functions. */
function functionsOf(loaded: unknown): Rule[] {
  if (typeof loaded === "function") return [loaded as Rule];
  if (typeof loaded !== "object" || loaded === null) return [];
  const { default: main } = loaded as { default?: unknown };
  if (typeof main === "function") return [main as Rule];
  return Object.values(loaded).filter((each): each is Rule => typeof each === "function");
}

async function pick(question: PolicyQuestion): Promise<number[]> {
  const given = await rule?.(question);
  const picks = Array.isArray(given) ? given : [given];
  const isWhole = picks.every((each) => Number.isInteger(each) && each >= 0);
  if (isWhole && picks.length > 0 && picks.length <= maxPicks) return picks as number[];
  throw refusal(
    `The policy returned ${preview(given).slice(0, 200)}, which is not a task.`,
    "Return the id of a ready task, or a list of such ids.",
  );
}

function failure(error: unknown): Failure {
  return failureOf("policy", error, { has: (at) => at === file || at.endsWith(file), hasColumns: false });
}

function refusal(message: string, remedy: string): RequestError {
  return new RequestError({ code: "policy", message, remedy, file, ...lineOfExport() });
}

/** The approximate line of the export, found by the usual ways to export a function. */
function lineOfExport(): { line?: number } {
  const lines = readFileSync(file, "utf8").split("\n");
  const index = lines.findIndex(
    (line) => /^\s*(export\s|module\.exports|exports\.)/.test(line) && !/^\s*export\s+(type|interface)\b/.test(line),
  );
  return index < 0 ? {} : { line: index + 1 };
}

/** Sends a message. If the policy closed the descriptor, nothing is sent, and the session sees the closed pipe. */
function say(message: object): void {
  const bytes = encodeMessage(message);
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(answersFd, bytes, at);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EBADF") throw error;
  }
}
