/**
 * A small session: communicates with a runner's real process, and waits for events, never for a time.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import * as v from "valibot";
import { type StepRecord, stepEvents, type YieldPoint } from "../../src/core/trace/trace";
import type { WaitRows } from "../../src/core/waiting/rows";
import { decodeChunk } from "../../src/protocol/chunk";
import { decodeJson, encodeMessage, type Frame, FrameReader, frameKind } from "../../src/protocol/framing";
import type { Fields } from "../../src/protocol/requests";
import {
  type Answer,
  answers,
  type Failure,
  FromRunner,
  type Method,
  protocolVersion,
  type RunnerEvent,
} from "../../src/protocol/runner";
import { decodeWaits } from "../../src/protocol/waits";
import { Written } from "../../src/session/process/written";
import { progressed } from "../progress";
import type { RunnerUnderTest } from "./runners";

type Event<K extends RunnerEvent["event"]> = Extract<RunnerEvent, { event: K }>;

/** The runner rejected a request. */
export class Refused extends Error {
  constructor(readonly failure: Failure) {
    super(`${failure.code}: ${failure.message}`);
  }
}

interface Waiting {
  readonly method: Method;
  resolve(result: unknown): void;
  reject(error: Error): void;
}

export class RunnerClient {
  readonly #child: ChildProcess;
  /** Whether a test did something to the process that the next one might notice. */
  #isSpent = false;
  readonly steps: StepRecord[] = [];
  readonly points: YieldPoint[] = [];
  readonly events: RunnerEvent[] = [];
  /** The rows of the wait log, as received. */
  readonly waits: WaitRows[] = [];
  /** What had been written to the descriptors 1 and 2 when the process ended. */
  readonly rest: { readonly stream: string; readonly text: string }[] = [];
  /** Answers to payloads that were not valid requests. */
  readonly unasked: Exclude<FromRunner, RunnerEvent>[] = [];
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Set<() => void>();
  readonly #reader = new FrameReader();
  readonly #written = Written.open();
  #lastId = 0;
  /** Only counts chunks and bytes, if there are too many steps to keep. */
  keepSteps: "all" | "count" = "all";
  count = 0;

  constructor(runner: RunnerUnderTest, options: { cwd?: string } = {}) {
    const [command = "", ...args] = runner.command;
    const output = this.#written ? [this.#written.stdout, this.#written.stderr] : (["pipe", "pipe"] as const);
    this.#child = spawn(command, args, { stdio: ["pipe", ...output, "pipe", "pipe"], cwd: options.cwd ?? runner.fixtures });
    (this.#child.stdio[4] as Readable).on("data", (piece: Uint8Array) => {
      for (const frame of this.#reader.push(piece)) this.#take(frame);
    });
    this.ended = once(this.#child, "close").then(([code, signal]) => {
      this.#written?.finish((stream, text) => this.rest.push({ stream, text }));
      for (const { method, reject } of this.#waiting.values())
        reject(new Error(`The runner ended before it answered ${method}.`));
      this.#waiting.clear();
      return { code, signal };
    });
    (this.#child.stdio[3] as Writable).on("error", () => {});
  }

  /** The process, to do with it what no session does. */
  get child(): ChildProcess {
    this.#isSpent = true;
    return this.#child;
  }

  /** Ends the process at once. */
  kill(): void {
    this.#child.kill("SIGKILL");
  }

  /** Forgets everything but the yield points, so that another test can load a program. @returns whether it can */
  renew(): boolean {
    const { exitCode, signalCode } = this.#child;
    const isIdle = exitCode === null && signalCode === null && this.#waiting.size === 0 && this.unasked.length === 0;
    // After a fatal error the process is about to end.
    const isEnding = this.events.some(({ event }) => event === "fatal");
    if (!isIdle || isEnding || this.#isSpent) return false;
    for (const list of [this.steps, this.events, this.waits]) list.length = 0;
    this.#listeners.clear();
    this.keepSteps = "all";
    this.count = 0;
    return true;
  }

  /** Sends a request and waits for its answer. */
  ask<M extends Method>(method: M, fields: Fields<M>): Promise<Answer<M>> {
    if (method === "conclude") this.#isSpent = true;
    this.#lastId += 1;
    const id = this.#lastId;
    const answer = new Promise<Answer<M>>((resolve, reject) => {
      this.#waiting.set(id, { method, resolve: resolve as (result: unknown) => void, reject });
    });
    this.#write(encodeMessage({ id, method, ...fields }));
    return answer;
  }

  /** Interrupts the user code that runs for the oldest request, or for the last one if all were answered. */
  interrupt(): void {
    const [request = this.#lastId] = this.#waiting.keys();
    void this.ask("interrupt", { request }).catch(() => undefined);
  }

  /** Writes raw bytes to the wire. */
  write(bytes: Uint8Array): void {
    this.#isSpent = true;
    this.#write(bytes);
  }

  #write(bytes: Uint8Array): void {
    (this.#child.stdio[3] as Writable).write(bytes);
  }

  hello(): Promise<Answer<"hello">> {
    return this.ask("hello", { protocol: protocolVersion });
  }

  /** Resumes each task once, in that order. */
  run(from: number, ...picks: number[]): Promise<Answer<"advance">> {
    return this.ask("advance", { from, plan: { picks, times: 1 } });
  }

  /** The first matching event of that kind, including those already received. */
  async event<K extends RunnerEvent["event"]>(kind: K, fits: (event: Event<K>) => boolean = () => true): Promise<Event<K>> {
    return this.until(() => this.events.find((event): event is Event<K> => event.event === kind && fits(event as Event<K>)));
  }

  /** Reports that a step hangs. On a busy machine, loading the program may have been reported as hanging before. */
  hungInStep(): Promise<Event<"hung">> {
    return this.event("hung", ({ step }) => step > 0);
  }

  /** The result of `look`, as soon as there is one. */
  until<T>(look: () => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const check = () => {
        const found = look();
        if (found === undefined) return;
        this.#listeners.delete(check);
        resolve(found);
      };
      this.#listeners.add(check);
      this.ended.then(() => {
        check();
        reject(new Error("The runner ended before that came."));
      });
      check();
    });
  }

  /** Everything printed to a stream, through the wire. */
  printed(stream: "stdout" | "stderr", step?: number): string {
    return this.events
      .filter((event): event is Event<"output"> => event.event === "output")
      .filter((event) => event.stream === stream && (step === undefined || event.step === step))
      .map(({ text }) => text)
      .join("");
  }

  /** Closes the wire; the runner ends by itself. */
  async close(): Promise<void> {
    (this.child.stdio[3] as Writable).destroy();
    await this.ended;
  }

  #take({ kind, payload }: Frame): void {
    if (kind !== frameKind.message) progressed();
    if (kind === frameKind.steps) this.#takeSteps(payload);
    else if (kind === frameKind.waits) this.waits.push(decodeWaits(payload));
    else this.#takeMessage(v.parse(FromRunner, decodeJson(payload)));
    for (const listener of [...this.#listeners]) listener();
  }

  #takeMessage(message: FromRunner): void {
    // A hang is reported repeatedly.
    if (!("event" in message && message.event === "hung")) progressed();
    if ("event" in message) {
      this.events.push(message);
      if (message.event === "hung") this.#isSpent = true;
      if (message.event === "collected") this.#written?.collected(message.end);
      if (message.event === "points") this.points.push(...message.points);
      return;
    }
    const waiting = this.#waiting.get(message.id);
    if (!waiting) {
      this.unasked.push(message);
      return;
    }
    this.#waiting.delete(message.id);
    if (message.ok) waiting.resolve(v.parse(answers[waiting.method], message.result));
    else waiting.reject(new Refused(message.error));
  }

  #takeSteps(payload: Uint8Array): void {
    const chunk = decodeChunk(payload);
    this.count += chunk.task.length;
    if (this.keepSteps === "count") return;
    for (let index = 0; index < chunk.task.length; index += 1) {
      this.steps.push({
        step: chunk.first + index,
        task: chunk.task[index] ?? 0,
        event: stepEvents[chunk.event[index] ?? 0] ?? "yielded",
        value: chunk.values.at(chunk.value[index] ?? 0) ?? "",
        point: this.points[(chunk.point[index] ?? 0) - 1],
        micros: chunk.micros[index] ?? 0,
      });
    }
  }
}
