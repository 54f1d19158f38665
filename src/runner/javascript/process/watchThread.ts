/**
 * The watch thread. It reads requests, so that a pause or the end of the session takes effect while user code runs. It also writes
 * the main thread's steps, and reports user code that hangs.
 */
import { Socket } from "node:net";
import { type MessagePort, workerData } from "node:worker_threads";
import * as v from "valibot";
import { decodeJson, FrameReader } from "../../../protocol/framing";
import { Request } from "../../../protocol/requests";
import { interruptMainThread, whereMainThreadIs } from "../inspect/mainThreadPlace";
import { exitNow } from "./exitNow";
import { noTask, SharedState } from "./sharedState";
import { Wire } from "./wire";
import { writtenFile } from "./written";

const requestsFd = 3;
const glanceEvery = 200;
const hungAfter = 2_000;
const reportEvery = 1_000;

/** The data that the main thread passes to this thread. */
export interface WatchData {
  readonly memory: SharedArrayBuffer;
  /** Receives data to be written for the main thread. */
  readonly steps: MessagePort;
  /** Takes requests to the main thread, which can also receive them while it blocks. */
  readonly requests: MessagePort;
}

const { memory, steps, requests: inbox } = workerData as WatchData;
const shared = new SharedState(memory);
const wire = new Wire(shared);
const written = writtenFile(shared.written);
const reader = new FrameReader();
steps.on("message", (pieces: readonly Uint8Array[]) => wire.handle(pieces));

let advances = 0;
let forwarded = 0;
/** By its id, the number of each forwarded request that the main thread may not have answered yet. */
const numbers = new Map<number, number>();

const requests = new Socket({ fd: requestsFd, readable: true, writable: false });
requests.on("data", (piece) => {
  for (const { payload } of readFrames(piece)) receive(payload);
});
requests.on("end", exitNow);
requests.on("error", exitNow);

function readFrames(piece: Uint8Array) {
  try {
    return reader.push(piece);
  } catch (error) {
    wire.say({ event: "fatal", step: shared.step, message: (error as Error).message });
    wire.flush();
    exitNow();
    return [];
  }
}

function receive(payload: Uint8Array): void {
  const message = parse(payload);
  const request = v.safeParse(Request, message);
  if (!request.success) {
    refuse(message, request.issues[0].message);
    return;
  }
  switch (request.output.method) {
    case "pause":
      shared.pause(advances);
      confirm(request.output);
      // The plan may be waiting in the event loop.
      passOn(request.output);
      break;
    case "interrupt":
      interrupt(request.output.request);
      confirm(request.output);
      break;
    case "ping":
      confirm(request.output);
      break;
    default:
      forward(request.output);
  }
}

/** Answers on behalf of the main thread. */
function confirm({ id }: Request): void {
  wire.say({ id, ok: true, result: {} });
  wire.flush();
}

/** Leaves a request to the main thread. */
function forward(request: Request): void {
  if (request.method === "advance") advances += 1;
  forwarded += 1;
  const { taken } = shared.glimpse();
  for (const [id, number] of numbers) if (number < taken) numbers.delete(id);
  numbers.set(request.id, forwarded);
  passOn(request);
}

/** A signal can interrupt what the runner has begun, but not what an observed program has. */
function interrupt(request: number): void {
  const number = numbers.get(request);
  if (number === undefined) return;
  if (shared.mayInterrupt(number)) process.kill(process.pid, "SIGINT");
  else if (shared.isServing) interruptMainThread(__dirname, request);
}

function passOn(request: Request): void {
  inbox.postMessage(request);
  shared.post();
}

function parse(payload: Uint8Array): unknown {
  try {
    return decodeJson(payload);
  } catch {
    return undefined;
  }
}

function refuse(message: unknown, problem: string): void {
  const id = (message as { id?: unknown } | null | undefined)?.id;
  const error = { code: "bad-request", message: `The request does not match the protocol: ${problem}` };
  wire.say({ id: typeof id === "number" && Number.isInteger(id) && id >= 0 ? id : 0, ok: false, error });
  wire.flush();
}

let heartbeat = -1;
let since = Date.now();
let reported = 0;

setInterval(glance, glanceEvery);

/** Checks for a hang: user code has control, or keeps the main thread from the next request, and nothing has changed since. */
function glance(): void {
  const seen = shared.glimpse();
  const isBusy = seen.inside || seen.taken < forwarded;
  const beat = seen.heartbeat + seen.taken / 1_048_576;
  if (!isBusy || beat !== heartbeat) {
    heartbeat = isBusy ? beat : -1;
    since = Date.now();
    reported = 0;
    if (!isBusy) passOnWritten(seen.step);
    return;
  }
  passOnWritten(seen.step);
  const millis = Date.now() - since;
  if (millis < hungAfter || millis - reported < reportEvery) return;
  reported = millis;
  report(seen.step, seen.task, beat);
}

/** Sends written output as it arrives, while the main thread waits for a child process or for the next request. */
function passOnWritten(step: number): void {
  if (!written?.hasNews || shared.isOutputWaiting) return;
  shared.collecting(() => {
    written.collect((stream, text, dropped) => {
      wire.say({ event: "output", stream, step, text, ...(dropped > 0 ? { dropped } : {}) });
    });
  });
  wire.say({ event: "collected", end: written.end });
  wire.flush();
}

function report(step: number, task: number, beat: number): void {
  whereMainThreadIs(__dirname, (at) => {
    if (beat !== heartbeat) return;
    const millis = Date.now() - since;
    wire.say({ event: "hung", step, ...(task === noTask ? {} : { task }), millis, ...(at ? { at } : {}) });
    wire.flush();
  });
}
