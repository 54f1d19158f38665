/**
 * Requests as values: the objects that the module `cotasks` gives to the user's code, and that its generators yield.
 */
import type { Operation, WaitRequest } from "../../../core/waiting/request";
import { defineProperty } from "../engine/intrinsics";

/** Says how a request shows. */
export interface Wording {
  textOf(request: TaggedRequest): string;
}

/** Marks every request, of all copies of the package. */
export const requestTag = Symbol.for("cotasks.request");

export class TaggedRequest implements WaitRequest<unknown> {
  readonly #wording: Wording;

  /** @param wording not kept where it could be seen */
  constructor(
    public operation: Operation,
    public object: number,
    public value: unknown,
    public parts: readonly WaitRequest<unknown>[] | undefined,
    public owner: object | undefined,
    wording: Wording,
  ) {
    this.#wording = wording;
  }

  /** Asks no proxy. */
  static isOne(value: object): value is TaggedRequest {
    return #wording in value;
  }

  static textOf(request: TaggedRequest): string {
    return request.#wording.textOf(request);
  }
}

defineProperty(TaggedRequest, "name", { value: "Request", configurable: true });
defineProperty(TaggedRequest.prototype, requestTag, { value: true });
