/**
 * Both wires in both directions, with messages that a seed has changed. Each function throws at what should not be: a process that ends, a request
 * without its one answer, an error other than that of a decoder.
 */
import assert from "node:assert/strict";
import * as v from "valibot";
import { stepEvents } from "../../../src/core/trace/trace";
import { Wire } from "../../../src/panel/model/wire";
import { decodeChunk, encodeChunk } from "../../../src/protocol/chunk";
import { decodeJson, encodeFrame, encodeMessage, FrameReader, FramingError, frameKind } from "../../../src/protocol/framing";
import { FromPanel, View } from "../../../src/protocol/panel";
import { FromRunner, protocolVersion } from "../../../src/protocol/runner";
import { decodeWaits } from "../../../src/protocol/waits";
import type { RunnerCommand } from "../../../src/session/process/runnerProcess";
import { rowsOf, viewOf } from "../../../src/session/view/view";
import type { RunnerUnderTest } from "../../runner/runners";
import { programFile, startAlone } from "../../runner/starting";
import { fakeRunner } from "../../session/process/fakeRunner";
import { sessionOn, stopAll, until } from "../../session/sessions";
import { chunkOf } from "../../unit/core/chunks";
import * as valid from "./messages";
import { Draws, mutated, mutatedBytes } from "./mutations";

/** How many messages there were, and how many of them were refused. */
export interface Fuzzed {
  readonly messages: number;
  readonly refused: number;
}

/** The largest number in a valid request to a runner. */
const largestNumber = 20;

/** As many requests are sent before what was refused is counted. */
const batch = 200;

/** Requests to a runner: each gets one answer, also those that make no sense, and the runner still serves. */
export async function fuzzRunner(runner: RunnerUnderTest, messages: number, seed: number): Promise<Fuzzed> {
  const draws = new Draws(seed);
  const client = await startAlone(runner, "tasks", "count(3)", "count(3)");
  const file = programFile(runner, "tasks");
  client.keepSteps = "count";
  // No message has one of the numbers that the client's own requests have from here on.
  for (let id = 0; id < largestNumber; id += 1) await client.ask("ping", {});
  let refused = 0;
  for (let sent = 0; sent < messages; ) {
    const expected = Math.min(batch, messages - sent);
    for (let each = 0; each < expected; each += 1) client.write(encodeMessage(mutated(draws.one(valid.requests(file)), draws)));
    sent += expected;
    await client.ask("pause", {});
    await client.hello();
    await client.until(() => (client.unasked.length === expected ? true : undefined));
    refused += client.unasked.splice(0).filter(({ ok }) => !ok).length;
    client.events.length = 0;
  }
  await client.ask("load", { file });
  await client.ask("spawn", { task: 0, call: "count(3)" });
  assert.deepEqual(await client.run(1, 0), { ran: 1, stopped: "completed" });
  client.kill();
  return { messages, refused };
}

const chunk = encodeChunk(
  chunkOf(
    1,
    Array.from({ length: 20 }, (_, task) => ({ task: task % 2, event: "yielded", value: `${task}`, point: 1, micros: 2 })),
  ),
);

/** The session's decoder of what a runner sends: messages, chunks, rows of the wait log, and the frames around them. */
export function fuzzDecoder(messages: number, seed: number): Fuzzed {
  const draws = new Draws(seed);
  let refused = 0;
  for (let each = 0; each < messages; each += 1) refused += isDecoded(frameFrom(draws)) ? 0 : 1;
  return { messages, refused };
}

/** A frame as no runner sends it. */
function frameFrom(draws: Draws): Uint8Array {
  const message = () => encodeMessage(mutated(draws.one(valid.fromRunner), draws));
  const frames = [
    message,
    () => mutatedBytes(message(), draws),
    () => encodeFrame(frameKind.steps, mutatedBytes(chunk, draws)),
    () => encodeFrame(frameKind.waits, mutatedBytes(valid.waits, draws)),
    () => encodeFrame(draws.below(256), mutatedBytes(chunk, draws)),
  ];
  return draws.one(frames)();
}

/**
 * Whole sessions, each with a process whose frames can be decoded but do not fit together, until one cannot: the session fails then, and shows what it
 * has so far.
 */
export async function fuzzSession(sessions: number, seed: number): Promise<Fuzzed> {
  const draws = new Draws(seed);
  let messages = 0;
  for (let each = 0; each < sessions; each += 1) {
    const frames = [draws.one(valid.fromRunner), draws.one(valid.fromRunner)].map(encodeMessage);
    while (frames.length < framesOfSession) {
      const frame = draws.below(3) === 0 ? encodeFrame(frameKind.steps, chunkFrom(draws)) : frameFrom(draws);
      if (isDecoded(frame)) frames.push(frame);
    }
    messages += frames.length;
    const session = await sessionOn("/src/tasks.ts", { until: "all", command: runnerThatSends(frames) });
    await session.open();
    for (const call of ["a()", "b()"]) await session.add(call);
    void session.go(Number.POSITIVE_INFINITY).catch(() => undefined);
    await until(session, () => session.status === "failed");
    const { notice } = v.parse(View, structuredClone(viewOf(session)));
    assert.match(notice?.message ?? "", /sent an invalid message|ended with exit code/);
    assert.equal(rowsOf(session, 1, session.head).length, session.head);
  }
  stopAll();
  return { messages, refused: sessions };
}

const framesOfSession = 30;

function chunkFrom(draws: Draws): Uint8Array {
  const event = () => draws.one(stepEvents);
  return encodeChunk(
    chunkOf(
      1,
      Array.from({ length: draws.below(9) + 1 }, () => ({
        task: draws.below(3),
        event: event(),
        value: "1",
        point: draws.below(3),
        micros: 1,
      })),
    ),
  );
}

/** A process that answers what a session asks until its tasks run, then sends frames, and at last no frame. */
function runnerThatSends(frames: readonly Uint8Array[]): RunnerCommand {
  const bytes = Buffer.concat([...frames, Buffer.alloc(64, 255)]).toString("base64");
  const hello = { protocol: protocolVersion, language: "python", version: "3", executable: "python" };
  return fakeRunner(`
    const results = { hello: ${JSON.stringify(hello)}, load: { generators: [] }, spawn: { name: "task" } };
    answer(({ id, method }) => {
      if (results[method]) send({ id, ok: true, result: results[method] });
      else fs.writeSync(4, Buffer.from("${bytes}", "base64"));
    });
  `);
}

/** The same as `RunnerClient` does. */
function isDecoded(bytes: Uint8Array): boolean {
  try {
    for (const { kind, payload } of new FrameReader().push(bytes)) {
      if (kind === frameKind.steps) decodeChunk(payload);
      else if (kind === frameKind.waits) decodeWaits(payload);
      else v.parse(FromRunner, decodeJson(payload));
    }
    return true;
  } catch (error) {
    if (error instanceof FramingError || error instanceof v.ValiError) return false;
    throw error;
  }
}

/** The panel's messages to the host. */
export function fuzzHost(messages: number, seed: number): Fuzzed {
  const draws = new Draws(seed);
  let refused = 0;
  for (let each = 0; each < messages; each += 1) {
    refused += v.safeParse(FromPanel, mutated(draws.one(valid.fromPanel), draws)).success ? 0 : 1;
  }
  return { messages, refused };
}

/** The host's messages to the panel: what does not match is dropped with a note, and no request stays without an end. */
export async function fuzzPanel(messages: number, seed: number): Promise<Fuzzed> {
  const draws = new Draws(seed);
  let refused = 0;
  const wire = new Wire(() => undefined, { view: () => undefined, problem: () => (refused += 1) });
  const asked = Array.from({ length: 10 }, (_, from) => wire.rows(from, 1).then(...ended));
  for (let each = 0; each < messages; each += 1) wire.receive(mutated(draws.one(valid.toPanel), draws));
  for (let id = 1; id <= asked.length; id += 1) wire.receive({ type: "refused", id, message: "The end." });
  await Promise.all(asked);
  return { messages, refused };
}

const ended = [() => undefined, () => undefined] as const;
