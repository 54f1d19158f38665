/**
 * The process in which a user's policy runs, with a time limit for each question. User code never runs in the host.
 */
import { basename } from "node:path";
import { PolicyAnswer, PolicyLoaded, type PolicyQuestion } from "../../protocol/policy";
import { UserCodeError, UserError } from "../common/errors";
import { RunnerClient, type Wording } from "../process/runnerClient";
import { unheard } from "../process/runnerListener";
import type { PolicyFile } from "./policyFiles";

/** The time limit for a question in milliseconds, and the longer one for loading the file. */
const answerMillis = 1_000;
const loadMillis = 10_000;

const correct = "Correct the file, or choose another policy.";
const unneeded = "The policy is not needed any more.";
const wording: Wording = { process: "The process of the policy", code: "The policy", remedy: correct };

/** A user's policy cannot pick. The error has the reason, and the location in the policy's file. */
export class PolicyFailedError extends UserError {
  override readonly name = "PolicyFailedError";

  constructor(
    message: string,
    remedy: string,
    readonly file: string,
    readonly line: number | undefined,
    options?: ErrorOptions,
  ) {
    super(message, remedy, options);
  }
}

export class PolicyProcess {
  #client: RunnerClient | undefined;
  #isOver = false;
  #line: number | undefined;

  constructor(readonly file: PolicyFile) {}

  /**
   * Asks which task runs next. The first question starts the process.
   *
   * @throws PolicyFailedError if there is no valid answer; the process is then ended
   */
  async ask(question: PolicyQuestion): Promise<readonly number[]> {
    try {
      this.#client ??= await this.#start();
      const asked = this.#client.ask("pick", { question }, PolicyAnswer);
      return (await this.#within(asked, answerMillis, "did not answer")).picks;
    } catch (error) {
      this.end();
      throw this.#failed(error);
    }
  }

  /** The error for an invalid answer. It has the location of the policy's function. */
  refuse(problem: string): PolicyFailedError {
    return this.#error(problem, "Return the id of a ready task, or a list of such ids.");
  }

  end(): void {
    this.#isOver = true;
    this.#client?.kill(unneeded);
    this.#client = undefined;
  }

  async #start(): Promise<RunnerClient> {
    const command = await this.file.command();
    if (this.#isOver) throw this.#error(unneeded, correct);
    const client = new RunnerClient(command, unheard, wording, "piped");
    this.#client = client;
    const loading = client.ask("load", { file: this.file.path }, PolicyLoaded);
    this.#line = (await this.#within(loading, loadMillis, "could not be loaded")).line;
    return client;
  }

  async #within<T>(answer: Promise<T>, millis: number, what: string): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const pid = this.#client?.pid;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(this.#error(`The policy (process ID ${pid}) ${what} within ${millis / 1_000} s.`, correct)),
        millis,
      );
    });
    return Promise.race([answer, late]).finally(() => clearTimeout(timer));
  }

  #failed(error: unknown): Error {
    if (error instanceof UserCodeError) {
      const { message, failure } = error;
      return this.#error(message, failure.remedy ?? correct, failure.line, error);
    }
    if (error instanceof PolicyFailedError || !(error instanceof UserError)) return error as Error;
    return this.#error(error.message, error.remedy, undefined, error);
  }

  #error(message: string, remedy: string, line = this.#line, cause?: unknown): PolicyFailedError {
    const { path } = this.file;
    const place = line === undefined ? basename(path) : `${basename(path)}:${line}`;
    return new PolicyFailedError(`${message.replace(/[.!?]$/, "")} (${place}).`, remedy, path, line, { cause });
  }
}
