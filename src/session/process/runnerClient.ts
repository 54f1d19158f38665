/**
 * The session's end of the wire to a runner: matches answers with requests, and decodes messages.
 */
import type { ChildProcess } from "node:child_process";
import { constants } from "node:os";
import type { Readable, Writable } from "node:stream";
import * as v from "valibot";
import { decodeChunk } from "../../protocol/chunk";
import { decodeJson, encodeMessage, type Frame, FrameReader, frameKind } from "../../protocol/framing";
import type { Fields } from "../../protocol/requests";
import { type Answer, answers, FromRunner, type Method, type RunnerEvent } from "../../protocol/runner";
import { decodeWaits } from "../../protocol/waits";
import { RunnerFailedError, RuntimeNotFoundError, StoppedError, UserCodeError, type UserError } from "../common/errors";
import { endGroup } from "./group";
import type { RunnerListener } from "./runnerListener";
import { killProcess, type RunnerCommand, startProcess } from "./runnerProcess";
import { SignsOfLife } from "./signsOfLife";
import { isOfInterpreter, startFailure } from "./startFailure";
import { InputThrottle } from "./throttle";
import { Written } from "./written";

/** How error messages name the process and its code. */
export interface Wording {
  /** A name for the process, for the beginning of a sentence. */
  readonly process: string;
  /** A name for the user's code in it, for the beginning of a sentence. */
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

function notStarted(command: RunnerCommand, cause: Error): UserError {
  const failure = startFailure(cause, command);
  const Kind = isOfInterpreter(failure) ? RuntimeNotFoundError : RunnerFailedError;
  return new Kind(`${command.executable} could not be started: ${failure.why}.`, failure.remedy, { cause });
}

/** How long the last messages of a process may take to arrive after its exit, in milliseconds. */
const farewellMillis = 500;

/** Whether running code can be interrupted. On Windows, a signal would end the process. */
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
  /** Whether the process was asked to come to its own end. */
  #isConcluding = false;
  #ended: UserError | undefined;
  readonly #life: SignsOfLife;

  /**
   * @param listener one that is set later hears what comes from then on
   * @param output whether the runner itself reads what is written to its descriptors 1 and 2
   */
  constructor(
    command: RunnerCommand,
    public listener: RunnerListener,
    readonly wording = ofTasks,
    output: "taken in" | "piped" = "taken in",
  ) {
    this.#written = output === "taken in" ? Written.open() : undefined;
    this.#child = startProcess(command, this.#written);
    const [, stdout, stderr, requests, answered] = this.#child.stdio;
    this.#requests = requests as Writable;
    this.#intake = new InputThrottle(answered as Readable);
    this.#requests.on("error", () => undefined); // the exit that follows is reported instead
    for (const pipe of [requests, answered] as Readable[]) pipe.once("close", () => this.#expectExit());
    (requests as Readable).resume(); // the runner sends nothing here; this makes the end of the pipe visible
    (answered as Readable).on("data", (piece: Buffer) => this.#receive(piece));
    (stdout as Readable | null)?.setEncoding("utf8").on("data", (text: string) => this.#printed("stdout", text));
    (stderr as Readable | null)?.setEncoding("utf8").on("data", (text: string) => this.#printed("stderr", text));
    this.#child.on("error", (cause) => this.#endWith(notStarted(command, cause)));
    this.#child.on("close", (code, signal) => this.#end(this.#ending(code, signal)));
    this.#child.on("exit", (code, signal) => {
      if (this.#child.pid !== undefined) endGroup(this.#child.pid);
      this.#expectEnd(this.#ending(code, signal));
    });
    this.#life = this.#watched(command);
  }

  /** Gives the process something to read from its standard input, if that is typed. @param text left out, there is nothing more to read */
  give(text?: string): void {
    const { stdin } = this.#child;
    if (text === undefined) stdin?.end();
    else if (stdin?.writable) stdin.write(text);
  }

  /**
   * Sends a request to the runner.
   *
   * @throws UserCodeError if the runner refuses, RuntimeNotFoundError if the interpreter does not start, RunnerFailedError if the process ends
   *   before it answers, StoppedError if it is ended by `kill`
   */
  request<M extends Method>(method: M, fields: Fields<M>): Promise<Answer<M>> {
    return this.ask(method, fields, answers[method]) as Promise<Answer<M>>;
  }

  /**
   * Sends a request to a process that uses the same framing but does not run tasks.
   *
   * @param answer the schema of the result
   * @throws UserCodeError if it refuses, RunnerFailedError if it ends before it answers
   */
  ask<S extends v.GenericSchema>(method: string, fields: object, answer: S): Promise<v.InferOutput<S>> {
    if (this.#ended) return Promise.reject(this.#ended);
    this.#lastId += 1;
    const id = this.#lastId;
    if (method === "pause") this.#isPausing = true;
    if (method === "conclude") this.#isConcluding = true;
    if (method === "advance") this.#isPausing = false;
    return new Promise<unknown>((resolve, reject) => {
      this.#pending.set(id, { method, answer, resolve, reject });
      this.#attend();
      this.#requests.write(encodeMessage({ id, method, ...fields }));
    }) as Promise<v.InferOutput<S>>;
  }

  /** The share of the host's time, up to 1, that may be spent on the process's messages. Awaited answers are always read at once. */
  set share(share: number) {
    this.#intake.share = share;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** The exit code of the process; undefined if it has not exited, or was ended by a signal. */
  get exitCode(): number | undefined {
    return this.#child.exitCode ?? undefined;
  }

  /** The same as shells have it: for a process that was ended by a signal, 128 and the signal's number. */
  get exitStatus(): number | undefined {
    const { signalCode } = this.#child;
    return this.exitCode ?? (signalCode === null ? undefined : 128 + constants.signals[signalCode]);
  }

  /** Interrupts the user code that is running by throwing into it. Does nothing if none is running. */
  interrupt(): void {
    const [id] = this.#oldest ?? [];
    if (id !== undefined) void this.request("interrupt", { request: id }).catch(() => undefined);
  }

  /** Interrupts the evaluation that is running. It must not delay the tasks. */
  interruptEvaluation(): void {
    if (this.#oldest?.[1].method === "evaluate" && canInterrupt) this.interrupt();
  }

  /** The request that user code runs for, if any does. */
  get #oldest(): [number, Pending] | undefined {
    return [...this.#pending].find(([, { method }]) => method !== "pause" && method !== "interrupt" && method !== "ping");
  }

  /** A process that was asked to conclude takes no further requests. */
  #watched({ executable }: RunnerCommand): SignsOfLife {
    return new SignsOfLife(
      () => this.listener.silent !== undefined && this.#pending.size > 0 && !this.#isConcluding,
      () => void this.request("ping", {}).catch(() => undefined),
      (seconds) => this.listener.silent?.(seconds === undefined ? undefined : { executable, pid: this.#child.pid ?? 0, seconds }),
    );
  }

  /** Ends the process immediately. Pending requests are rejected with a StoppedError that has this reason. */
  kill(reason: string): void {
    killProcess(this.#child);
    this.#endWith(new StoppedError(reason, this.wording.remedy));
  }

  #printed(stream: "stdout" | "stderr", text: string, dropped?: number): void {
    if (!this.#ended) this.listener.printed(stream, text, dropped);
  }

  #receive(piece: Buffer): void {
    if (this.#ended) return;
    this.#life.heard();
    const began = performance.now();
    try {
      for (const frame of this.#frames.push(piece)) this.#dispatch(frame);
    } catch (cause) {
      // The user's code shares the process with the runner, so it can write anything to the wire.
      killProcess(this.#child);
      this.#end(`The process sent an invalid message: ${cause instanceof Error ? cause.message : cause}`, cause);
    }
    this.#intake.worked(performance.now() - began);
  }

  /** While a plan is executed, messages are not urgent, unless the plan has been asked to end. */
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
    if (event.event === "hung") this.interruptEvaluation();
    this.listener.event(event);
  }

  #answer(message: Exclude<FromRunner, RunnerEvent>): void {
    const pending = this.#pending.get(message.id);
    if (!pending) throw new Error(`an answer to request ${message.id}, which was never sent.`);
    // Decoded before the request is removed from the list: if the answer is invalid, the end of the process rejects the request.
    const result = message.ok ? v.parse(pending.answer, message.result) : undefined;
    this.#pending.delete(message.id);
    this.#attend();
    if (message.ok) pending.resolve(result);
    else pending.reject(new UserCodeError(message.error));
  }

  /** A process that the user's code started can keep the pipes open indefinitely, so after the exit they are only read for a moment. */
  #expectEnd(reason: string): void {
    const farewell = setTimeout(() => this.#end(reason), farewellMillis);
    this.#child.once("close", () => clearTimeout(farewell));
  }

  /**
   * Handles a closed pipe. Either the process has ended, or the user's code closed it, and the runner can no longer be controlled. A
   * process that was asked to conclude closes its pipes as it ends, however long that takes.
   */
  #expectExit(): void {
    if (this.#ended || this.#isConcluding) return;
    const farewell = setTimeout(() => {
      killProcess(this.#child);
      this.#end(`${this.wording.code} closed file descriptor 3 or 4. Both must stay open, because they control its process.`);
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
    this.#life.end();
    for (const pending of this.#pending.values()) pending.reject(this.#ended);
    this.#pending.clear();
    for (const pipe of this.#child.stdio) pipe?.destroy();
    this.listener.ended(this.#ended);
  }
}
