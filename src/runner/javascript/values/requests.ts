/**
 * Requests as values: the objects that the module `cotasks` gives to the user's code, and that its generators yield.
 */
import type { Operation, WaitRequest } from "../../../core/waiting/request";
import { defineProperty } from "../engine/intrinsics";
import type { ReadyText } from "./valueBytes";

/** Says how a request shows. */
export interface Wording {
  textOf(request: TaggedRequest): string;
  /** The beginning of a text that consists of it, a value that is not an object, and a bracket; undefined for other requests. */
  beginningOf(request: TaggedRequest): ReadyText | undefined;
  /** That value. */
  valueOf(request: TaggedRequest): unknown;
}

/** Marks every request, of all copies of the package. */
export const requestTag = Symbol.for("cotasks.request");

/** The program can read the fields, and change none of them. */
export class TaggedRequest implements WaitRequest<unknown> {
  readonly #operation: Operation;
  readonly #object: number;
  readonly #value: unknown;
  readonly #parts: readonly WaitRequest<unknown>[] | undefined;
  #owner: object | undefined;
  readonly #wording: Wording;

  constructor(
    code: Operation,
    object: number,
    value: unknown,
    parts: readonly WaitRequest<unknown>[] | undefined,
    owner: object | undefined,
    wording: Wording,
  ) {
    this.#operation = code;
    this.#object = object;
    this.#value = value;
    this.#parts = parts;
    this.#owner = owner;
    this.#wording = wording;
  }

  get operation(): Operation {
    return this.#operation;
  }

  get object(): number {
    return this.#object;
  }

  get value(): unknown {
    return this.#value;
  }

  get parts(): readonly WaitRequest<unknown>[] | undefined {
    return this.#parts;
  }

  get owner(): object | undefined {
    return this.#owner;
  }

  set owner(owner: object | undefined) {
    this.#owner = owner;
  }

  /** Asks no proxy. */
  static isOne(value: object): value is TaggedRequest {
    return #wording in value;
  }

  static wordingOf(request: TaggedRequest): Wording {
    return request.#wording;
  }

  static textOf(request: TaggedRequest): string {
    return request.#wording.textOf(request);
  }
}

defineProperty(TaggedRequest, "name", { value: "Request", configurable: true });
defineProperty(TaggedRequest.prototype, requestTag, { value: true });
