/**
 * Reports to the session what tasks throw: the whole message, the location, and related errors. This runs no user code.
 */
import { types } from "node:util";
import type { Related, Thrown } from "../../../core/trace/thrown";
import type { YieldPoint } from "../../../core/trace/trace";
import { isError } from "../engine/errors";
import { ownData } from "../engine/names";
import { type PointTable, throwPlace } from "../load/pointMarks";
import type { Wire } from "../process/wire";
import { messageOf, type UserFiles, userFrames } from "../values/failures";

/** The maximum lengths of a message and of a related error's message, and the maximum number of related errors. */
const mostMessage = 10_000;
const mostRelatedMessage = 2_000;
const mostRelated = 20;
const deepest = 10;

export class Throws {
  /** The numbers of locations at which something was thrown, by their text. Each location gets one number. */
  readonly #numbers = new Map<string, number>();

  constructor(
    readonly wire: Wire,
    readonly points: PointTable,
    readonly files: UserFiles,
  ) {}

  /**
   * Reports what the task of a step threw.
   *
   * @returns the number of the location, 0 if it is unknown
   */
  tell(step: number, value: unknown): number {
    const thrown = thrownOf(value, this.files);
    this.wire.say({ event: "thrown", step, thrown });
    return thrown.at ? this.#numberOf(thrown.at) : 0;
  }

  #numberOf(at: YieldPoint): number {
    const key = JSON.stringify(at);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.points.add(at, "yield");
    this.#numbers.set(key, number);
    return number;
  }
}

/** The thrown value, with related errors. */
export function thrownOf(value: unknown, files: UserFiles): Thrown {
  const seen = new Set<unknown>();
  let left = mostRelated;
  return described(value, mostMessage, 0);

  function described(error: unknown, mostText: number, depth: number): Thrown {
    seen.add(error);
    const all = relatedTo(error).filter(({ value }) => !seen.has(value));
    const related: Related[] = [];
    for (const { name, value } of depth < deepest ? all : []) {
      if (left === 0) break;
      left -= 1;
      related.push({ name, ...described(value, mostRelatedMessage, depth + 1) });
    }
    const omitted = all.length - related.length;
    const [first, ...rest] = userFrames(error, files);
    const at = throwPlace(error) ?? first;
    // A line is listed only once.
    const frames = [...(first ? [at && isOneLine(at, first) ? at : first] : []), ...rest];
    return {
      message: messageOf(error, mostText),
      ...(at ? { at } : {}),
      frames,
      ...(related.length > 0 ? { related } : {}),
      ...(omitted > 0 ? { omitted } : {}),
    };
  }
}

function isOneLine(one: YieldPoint, other: YieldPoint): boolean {
  return one.file === other.file && one.line === other.line;
}

interface Named {
  readonly name: string;
  readonly value: unknown;
}

/** The related errors: `cause`, the `errors` of an AggregateError, and both errors of a SuppressedError. */
function relatedTo(error: unknown): Named[] {
  if (!isError(error)) return [];
  const named = ["cause", "error", "suppressed"].map((name): Named => ({ name, value: ownData(error, name) }));
  const errors = ownData(error, "errors");
  const elements = Array.isArray(errors) && !types.isProxy(errors) ? elementsOf(errors) : [];
  return [...named.filter(({ name, value }) => value !== undefined && (name === "cause" || isError(value))), ...elements];
}

function elementsOf(errors: unknown[]): Named[] {
  const length = ownData(errors, "length") as number;
  return Array.from({ length: Math.min(length, 100 * mostRelated) }, (_, index) => {
    return { name: `errors[${index}]`, value: ownData(errors, `${index}`) };
  });
}
