/**
 * The session's end of a runner's wire: matches answers with requests, and decodes messages.
 */
import type { ChildProcess } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import * as v from "valibot";
import type { StepChunk } from "../../core/trace/trace";
import type { WaitRows } from "../../core/waiting/rows";
import { decodeChunk } from "../../protocol/chunk";
import { decodeJson, encodeMessage, type Frame, FrameReader, frameKind } from "../../protocol/framing";
import type { Fields } from "../../protocol/requests";
import { type Answer, answers, FromRunner, type Method, type RunnerEvent } from "../../protocol/runner";
import { decodeWaits } from "../../protocol/waits";
import { RunnerFailedError, StoppedError, UserCodeError, type UserError } from "../common/errors";
import { endGroup } from "./group";
import { killProcess, type RunnerCommand, startProcess } from "./runnerProcess";
import { startFailure } from "./startFailure";
import { InputThrottle } from "./throttle";
import { Written } from "./written";

/** What a runner's owner is notified of. After `ended` nothing more comes. */
export interface RunnerListener {
  steps(chunk: StepChunk): void;
  /** What requests did to the tasks, before the steps in which they did. */
  waits?(rows: WaitRows): void;
  event(event: RunnerEvent): void;
  /**
   * Written to the process's own stdout or stderr, past the language's printing functions, and not taken in by the runner: the last
   * of it where the process ended, all of it where the descriptors are pipes.
   */
  printed(stream: "stdout" | "stderr", text: string, dropped?: number): void;
  /** @param error a StoppedError when it was ended from here */
  ended(error: UserError): void;
}

/** How the end of a process is worded. */
export interface Wording {
  /** The process, at the beginning of a sentence. */
  readonly process: string;
  /** The user's code in it, at the beginning of a sentence. */
  readonly code: string;
  readonly remedy: string;
}

const ofTasks: Wording = { process: "The process that ran the tasks", code: "The program", remedy: "Restart the session." };

interface Pending {
  readonly method: string;
  readonly answer: v.GenericSchema;
  resolve(result: unknown): void;
  reject(error: Error): void;
}

function notStarted(command: RunnerCommand, cause: Error): RunnerFailedError {
  const { why, remedy } = startFailure(cause, command);
  return new RunnerFailedError(`${command.executable} could not be started: ${why}.`, remedy, { cause });
}

/** How long the last messages of a process may take to arrive after its exit, in milliseconds. */
const farewellMillis = 500;

/** On systems where a signal ends the process, there is no other way to throw into the running code. */
export const canInterrupt = process.platform !== "win32";

export class RunnerClient {
  readonly #child: ChildProcess;
  readonly #requests: Writable;
  readonly #intake: InputThrottle;
  readonly #written: Written | undefined;
  readonly #frames = new FrameReader();
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;
  /** Whether the plans that were sent should end. */
  #isPausing = false;
  #ended: UserError | undefined;

  /** @param output whether the runner itself reads what is written to its descriptors 1 and 2 */
  constructor(
    command: RunnerCommand,
    readonly listener: RunnerListener,
    readonly wording = ofTasks,
    output: "taken in" | "piped" = "taken in",
  ) {
    this.#written = output === "taken in" ? Written.open() : undefined;
    this.#child = startProcess(command, this.#written);
    const [, stdout, stderr, requests, answered] = this.#child.stdio;
    this.#requests = requests as Writable;
    this.#intake = new InputThrottle(answered as Readable);
    this.#requests.on("error", () => undefined); // the exit that follows is what gets reported
    for (const pipe of [requests, answered] as Readable[]) pipe.once("close", () => this.#expectExit());
    (requests as Readable).resume(); // nothing comes that way but its end
    (answered as Readable).on("data", (piece: Buffer) => this.#receive(piece));
    (stdout as Readable | null)?.setEncoding("utf8").on("data", (text: string) => this.#printed("stdout", text));
    (stderr as Readable | null)?.setEncoding("utf8").on("data", (text: string) => this.#printed("stderr", text));
    this.#child.on("error", (cause) => this.#endWith(notStarted(command, cause)));
    this.#child.on("close", (code, signal) => this.#end(this.#ending(code, signal)));
    this.#child.on("exit", (code, signal) => {
      if (this.#child.pid !== undefined) endGroup(this.#child.pid);
      this.#expectEnd(this.#ending(code, signal));
    });
  }

  /**
   * Asks the runner.
   *
   * @throws UserCodeError when the runner refuses, RunnerFailedError when it ends before it answers, StoppedError
   *   when it is ended from here
   */
  request<M extends Method>(method: M, fields: Fields<M>): Promise<Answer<M>> {
    return this.ask(method, fields, answers[method]) as Promise<Answer<M>>;
  }

  /**
   * Asks a process that runs something other than tasks, and speaks in the same manner.
   *
   * @param answer what the result has to be
   * @throws UserCodeError when it refuses, RunnerFailedError when it ends before it answers
   */
  ask<S extends v.GenericSchema>(method: string, fields: object, answer: S): Promise<v.InferOutput<S>> {
    if (this.#ended) return Promise.reject(this.#ended);
    this.#lastId += 1;
    const id = this.#lastId;
    if (method === "pause") this.#isPausing = true;
    if (method === "advance") this.#isPausing = false;
    return new Promise<unknown>((resolve, reject) => {
      this.#pending.set(id, { method, answer, resolve, reject });
      this.#attend();
      this.#requests.write(encodeMessage({ id, method, ...fields }));
    }) as Promise<v.InferOutput<S>>;
  }

  /** The share of the host's time that messages of the process may take, up to 1. An awaited answer is read at once. */
  set share(share: number) {
    this.#intake.share = share;
  }

  /** The code with which the process ended; undefined where it did not, or by a signal. */
  get exitCode(): number | undefined {
    return this.#child.exitCode ?? undefined;
  }

  /** Throws into the user code that runs now; nothing happens when none does. */
  interrupt(): void {
    this.#child.kill("SIGINT");
  }

  /** Ends the process at once; requests under way are rejected with a StoppedError for this reason. */
  kill(reason: string): void {
    killProcess(this.#child);
    this.#endWith(new StoppedError(reason, this.wording.remedy));
  }

  #printed(stream: "stdout" | "stderr", text: string, dropped?: number): void {
    if (!this.#ended) this.listener.printed(stream, text, dropped);
  }

  #receive(piece: Buffer): void {
    if (this.#ended) return;
    const began = performance.now();
    try {
      for (const frame of this.#frames.push(piece)) this.#dispatch(frame);
    } catch (cause) {
      // The user's code shares the process with the runner, so it can write nonsense to the wire.
      killProcess(this.#child);
      this.#end(`The process sent what the protocol does not know: ${cause instanceof Error ? cause.message : cause}`, cause);
    }
    this.#intake.worked(performance.now() - began);
  }

  /** While a plan is executed nobody waits for what comes after its steps, unless it has been asked to end. */
  #attend(): void {
    this.#intake.isAwaited = this.#isPausing || [...this.#pending.values()].some(({ method }) => method !== "advance");
  }

  #dispatch(frame: Frame): void {
    if (frame.kind === frameKind.steps) {
      this.listener.steps(decodeChunk(frame.payload));
      return;
    }
    if (frame.kind === frameKind.waits) {
      this.listener.waits?.(decodeWaits(frame.payload));
      return;
    }
    const message = v.parse(FromRunner, decodeJson(frame.payload));
    if ("event" in message && message.event === "collected") this.#written?.collected(message.end);
    else if ("event" in message) this.#told(message);
    else this.#answer(message);
  }

  #told(event: RunnerEvent): void {
    if (event.event === "hung") this.#stopEvaluation();
    this.listener.event(event);
  }

  /** An expression is only an observer and must not hold up the tasks. It runs when its request is the oldest. */
  #stopEvaluation(): void {
    const [oldest] = this.#pending.values();
    if (oldest?.method === "evaluate" && canInterrupt) this.interrupt();
  }

  #answer(message: Exclude<FromRunner, RunnerEvent>): void {
    const pending = this.#pending.get(message.id);
    if (!pending) throw new Error(`an answer to request ${message.id}, which was not asked.`);
    // Decoded before it is removed from the list: if it is not a valid answer, the end of the process rejects the request.
    const result = message.ok ? v.parse(pending.answer, message.result) : undefined;
    this.#pending.delete(message.id);
    this.#attend();
    if (message.ok) pending.resolve(result);
    else pending.reject(new UserCodeError(message.error));
  }

  /** A process that the user's code started can keep the pipes open for ever, so the runner's exit is the end. */
  #expectEnd(reason: string): void {
    const farewell = setTimeout(() => this.#end(reason), farewellMillis);
    this.#child.once("close", () => clearTimeout(farewell));
  }

  /** A pipe is closed with its process, or by the user's code: then the runner can no longer be reached. */
  #expectExit(): void {
    if (this.#ended) return;
    const farewell = setTimeout(() => {
      killProcess(this.#child);
      this.#end(
        `${this.wording.code} closed the descriptors 3 or 4, which have to stay open: its process is controlled by them.`,
      );
    }, farewellMillis);
    this.#child.once("exit", () => clearTimeout(farewell));
  }

  #ending(code: number | null, signal: NodeJS.Signals | null): string {
    return `${this.wording.process} ${signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`}.`;
  }

  #end(reason: string, cause?: unknown): void {
    this.#endWith(new RunnerFailedError(reason, this.wording.remedy, { cause }));
  }

  #endWith(error: UserError): void {
    if (this.#ended) return;
    this.#written?.finish((stream, text, dropped) => this.#printed(stream, text, dropped));
    this.#ended = error;
    for (const pending of this.#pending.values()) pending.reject(this.#ended);
    this.#pending.clear();
    for (const pipe of this.#child.stdio) pipe?.destroy();
    this.listener.ended(this.#ended);
  }
}
