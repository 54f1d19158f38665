/**
 * The main module of the runner process. Requests come from the watch thread. Answers, events and steps are written to fd 4.
 */
import { fstatSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { MessageChannel, Worker } from "node:worker_threads";
import type { Request } from "../../protocol/requests";
import { WrittenFile } from "../../protocol/writtenFile";
import { hideRunner } from "./engine/stackTraces";
import { offerFlush } from "./inspect/mainThreadPlace";
import { PointTable } from "./load/pointMarks";
import { announceEnd } from "./process/fatal";
import { Output } from "./process/output";
import { Recorder } from "./process/recorder";
import { noteOwn } from "./process/remaining";
import { SharedState } from "./process/sharedState";
import type { WatchData } from "./process/watchThread";
import { Wire } from "./process/wire";
import { writtenFile } from "./process/written";
import { Runner } from "./runner";
import { failureOf, RequestError } from "./values/failures";

requireWire();

const shared = new SharedState();
const { port1, port2 } = new MessageChannel();
// Bound before user code can replace the method.
const wire = new Wire(shared, port1.postMessage.bind(port1));
const output = new Output(wire, shared, writtenFile(WrittenFile.begun(shared.written)));
const points = new PointTable();
const recorder = new Recorder(wire, output, points);
const runner = new Runner(recorder, shared, points, conclude);

hideRunner(dirname(__dirname));
output.capture(() => recorder.passOn());
offerFlush(() => recorder.send());
const end = announceEnd(recorder, shared, runner.userFiles);
// Outside of user code, there is nothing to interrupt.
process.on("SIGINT", () => {});

let last = Promise.resolve();
const workerData: WatchData = { memory: shared.memory, steps: port2 };
const watch = new Worker(join(__dirname, "watch.js"), { workerData, transferList: [port2], execArgv: [] });
watch.on("message", (request: Request) => {
  if (request.method === "pause") runner.paused();
  else last = last.then(() => serve(request));
});
noteOwn();

function conclude(): void {
  end.isExpected = true;
  watch.unref();
}

/** Checks that the wire exists: if the runner was started by hand, these descriptors belong to something else. */
function requireWire(): void {
  if ([3, 4].every(isPipe)) return;
  writeSync(2, "This runner is started by Yieldpoint, with a wire on the descriptors 3 and 4.\n");
  process.exit(2);
}

function isPipe(descriptor: number): boolean {
  try {
    const stat = fstatSync(descriptor);
    return stat.isFIFO() || stat.isSocket();
  } catch {
    return false;
  }
}

async function serve(request: Request): Promise<void> {
  const { id } = request;
  shared.take();
  try {
    const result = await runner.answer(request);
    recorder.send();
    wire.say({ id, ok: true, result });
  } catch (error) {
    recorder.send();
    const failure =
      error instanceof RequestError ? error.failure : failureOf("internal", error, { has: () => true, hasColumns: false });
    wire.say({ id, ok: false, error: failure });
  }
  wire.flush();
}
