/** The texts of requests: as the program wrote them, with the names of resources and tasks. */
import type { Waiting } from "../../../core/waiting/engine";
import { operation, type WaitRequest } from "../../../core/waiting/request";
import { describe, longest, longestInner } from "../values/preview";
import { TaggedRequest, type Wording } from "../values/requests";
import { type ReadyText, ready } from "../values/valueBytes";

const verbs: Readonly<Record<number, string>> = {
  [operation.acquire]: "acquire",
  [operation.take]: "take",
  [operation.event]: "wait",
};

const sleeping = ready("sleep(");

export class RequestTexts implements Wording {
  /** Cached texts of requests that are always the same for a resource: by operation, then by resource. */
  readonly #known: (string | undefined)[][] = [[], [], [], []];
  /** The beginnings of the texts of `put`, by channel. */
  readonly #puts: (ReadyText | undefined)[] = [];

  constructor(readonly engine: Waiting<unknown>) {}

  beginningOf({ operation: code, object, value }: WaitRequest<unknown>): ReadyText | undefined {
    if (code === operation.sleep && !Number.isNaN(object)) return sleeping;
    if (code !== operation.put || typeof value === "object" || typeof value === "function") return undefined;
    return this.#puts[object] ?? this.#newPut(object);
  }

  valueOf({ operation: code, object, value }: WaitRequest<unknown>): unknown {
    return code === operation.sleep ? object : value;
  }

  textOf({ operation: code, object, value, parts }: WaitRequest<unknown>): string {
    const known = this.#known[code]?.[object];
    if (known !== undefined) return known;
    const text = this.#made(code, object, value, parts);
    return text.length > longest ? `${text.slice(0, longest - 2)}…)` : text;
  }

  #made(code: number, object: number, value: unknown, parts: readonly WaitRequest<unknown>[] = []): string {
    switch (code) {
      case operation.acquire:
      case operation.take:
      case operation.event:
        return this.#ofResource(code, object);
      case operation.put:
        return `put(${this.#resource(object)}, ${shown(value)})`;
      case operation.sleep:
        return `sleep(${shown(Number.isNaN(object) ? value : object)})`;
      case operation.join:
        return `join(${this.#task(object)})`;
      case operation.handOver:
        return `handOver(${this.#task(object)})`;
      case operation.spawn:
        return `spawn(${shown((value as { generator?: unknown } | undefined)?.generator)})`;
      case operation.any:
        return `any(${this.#all(parts)})`;
      case operation.all:
        return `all(${this.#all(parts)})`;
      default:
        return shown(value);
    }
  }

  #ofResource(code: number, object: number): string {
    const text = `${verbs[code]}(${this.#resource(object)})`;
    const known = this.#known[code];
    if (known && this.engine.resources.at(object)) known[object] = text;
    return text;
  }

  #all(parts: readonly WaitRequest<unknown>[]): string {
    return parts
      .slice(0, longest)
      .map((part) => this.textOf(part))
      .join(", ");
  }

  #newPut(object: number): ReadyText {
    const text = ready(`put(${this.#resource(object)}, `);
    if (this.engine.resources.at(object)) this.#puts[object] = text;
    return text;
  }

  #resource(number: number): string {
    return this.engine.resources.at(number)?.name ?? "?";
  }

  #task(number: number): string {
    return number >= 0 ? this.engine.host.nameOf(number) : "?";
  }
}

function shown(value: unknown): string {
  if (typeof value === "object" && value !== null && TaggedRequest.isOne(value)) return "request";
  return describe(value, { depth: 1, room: longestInner, above: [] });
}
