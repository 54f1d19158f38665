/**
 * The main module of the runner process. Requests come from the watch thread. Answers, events and steps are written to fd 4.
 */
import { fstatSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { MessageChannel, Worker } from "node:worker_threads";
import type { Request } from "../../protocol/requests";
import { WrittenFile } from "../../protocol/writtenFile";
import { hideRunner } from "./engine/stackTraces";
import { offerFlush, offerInterrupt } from "./inspect/mainThreadPlace";
import { PointTable } from "./load/pointMarks";
import { announceEnd } from "./process/fatal";
import { Output } from "./process/output";
import { Recorder } from "./process/recorder";
import { noteOwn } from "./process/remaining";
import { refuse, reply } from "./process/replies";
import { SharedState } from "./process/sharedState";
import type { WatchData } from "./process/watchThread";
import { Wire } from "./process/wire";
import { writtenFile } from "./process/written";
import { Runner } from "./runner";

requireWire();

const shared = new SharedState();
const { port1, port2 } = new MessageChannel();
// Bound before user code can replace the method.
const wire = new Wire(shared, port1.postMessage.bind(port1));
const output = new Output(wire, shared, writtenFile(WrittenFile.begun(shared.written)));
const points = new PointTable();
const recorder = new Recorder(wire, output, points);
const inbox = new MessageChannel();
const runner = new Runner(recorder, shared, points, { conclude, leaveToProgram, requests: inbox.port1 });

hideRunner(dirname(__dirname));
output.capture(() => recorder.passOn());
offerFlush(() => recorder.send());
offerInterrupt((request) => runner.observed?.interrupt(request));
const end = announceEnd(recorder, shared, runner.userFiles);
// Outside of user code, there is nothing to interrupt.
const ignore = () => {};
process.on("SIGINT", ignore);

let last = Promise.resolve();
const workerData: WatchData = { memory: shared.memory, steps: port2, requests: inbox.port2 };
const watch = new Worker(join(__dirname, "watch.js"), { workerData, transferList: [port2, inbox.port2], execArgv: [] });
inbox.port1.on("message", (request: Request) => {
  if (runner.observed) runner.observed.take(request);
  else if (request.method === "pause") runner.paused();
  else last = last.then(() => serve(request));
});
noteOwn();

function conclude(): void {
  end.isExpected = true;
  watch.unref();
  inbox.port1.unref();
}

/** The program is the one that decides when the process ends, and how. */
function leaveToProgram(): void {
  end.leaveToProgram();
  process.off("SIGINT", ignore);
  conclude();
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
    reply(recorder, id, await runner.answer(request));
  } catch (error) {
    refuse(recorder, id, error);
  }
}
