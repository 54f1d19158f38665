/** A task that can be switched anywhere: a call that is made when the task is first resumed, or a generator whose slices are not atomic. */
import { types } from "node:util";
import { isAsyncGenerator } from "../../engine/intrinsics";
import { isAtSwitch, isThreadsGenerator, resumeThread } from "./runtime";

export class Thread {
  /** The generator of the call, which delegates to those of the functions; later the generator that the call has given. */
  #generator: object;
  /** Whether the generator is that of the call. */
  #isCall: boolean;
  /** Whether the generator asks who resumes it where it goes on. */
  #asks: boolean;
  #isAtSwitch = false;
  hasBegun = false;

  /** @param name that of the function which is called */
  private constructor(
    generator: object,
    isCall: boolean,
    readonly name: string | undefined,
  ) {
    this.#generator = generator;
    this.#isCall = isCall;
    this.#asks = isCall || isThreadsGenerator(generator);
  }

  static ofCall(generator: object, name: string): Thread {
    return new Thread(generator, true, name);
  }

  static ofGenerator(generator: object): Thread {
    return new Thread(generator, false, undefined);
  }

  get generator(): object {
    return this.#generator;
  }

  get isCall(): boolean {
    return this.#isCall;
  }

  next(sent?: unknown): IteratorResult<unknown> {
    return this.#resume("next", sent, this.#asks && !this.#isAtSwitch);
  }

  throw(reason?: unknown): IteratorResult<unknown> {
    return this.#resume("throw", reason, false);
  }

  return(value?: unknown): IteratorResult<unknown> {
    return this.#resume("return", value, false);
  }

  #resume(method: "next" | "throw" | "return", given: unknown, arms: boolean): IteratorResult<unknown> {
    this.hasBegun = true;
    const result = resumeThread(method, this.#generator, given, arms);
    this.#isAtSwitch = isAtSwitch();
    const { done, value } = result;
    if (!done || !this.#isCall || !types.isGeneratorObject(value) || isAsyncGenerator(value)) return result;
    this.#generator = value;
    this.#isCall = false;
    this.#asks = isThreadsGenerator(value);
    this.#isAtSwitch = false;
    return this.next();
  }
}
