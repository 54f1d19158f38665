/**
 * Messages that are not as the other side sends them: valid ones, of which a seed changes something.
 */
import { oneOf, seeded } from "../../../src/core/policies/randomDraws";

/** What stands where a message has something else. */
const junk: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1, 0.5, 2 ** 31, 2 ** 32, 2 ** 53, 1e308, -0],
  ...["", "0", "\u0000", "\ud800", "\u202e", "__proto__", "constructor", "<img src=x>", "x".repeat(10_000)],
  ...[[], {}, [[]], [null], { id: 1 }, { length: 5 }, JSON.parse('{"__proto__": {"ok": true}}'), Array(1_000).fill(0)],
];

/** Draws, all of which follow from a seed. */
export class Draws {
  readonly #generator;

  constructor(seed: number) {
    this.#generator = seeded(seed);
  }

  /** A whole number from 0 to one below the limit. */
  below(limit: number): number {
    return oneOf(limit, this.#generator.next() >>> 0);
  }

  one<T>(values: readonly T[]): T {
    return values[this.below(values.length)] as T;
  }
}

function junkOf(draws: Draws): unknown {
  return structuredClone(draws.one(junk));
}

/** A message with one or several changes: a part of it is replaced, left out, added, repeated, or exchanged with another one. */
export function mutated(message: unknown, draws: Draws): unknown {
  let changed = structuredClone(message);
  for (let left = draws.below(3); left >= 0; left -= 1) changed = changedOnce(changed, draws);
  return changed;
}

function changedOnce(value: unknown, draws: Draws): unknown {
  if (typeof value !== "object" || value === null || draws.below(20) === 0) return junkOf(draws);
  const parts = value as Record<string, unknown>;
  const keys = Object.keys(parts);
  if (keys.length === 0) return junkOf(draws);
  const key = draws.one(keys);
  switch (draws.below(6)) {
    case 0:
      if (Array.isArray(value)) value.splice(Number(key), 1);
      else delete parts[key];
      break;
    case 1:
      parts[draws.one(Array.isArray(value) ? ["0", "1"] : ["id", "method", "type", "event", "length", "extra"])] = junkOf(draws);
      break;
    case 2: {
      const other = draws.one(keys);
      [parts[key], parts[other]] = [parts[other], parts[key]];
      break;
    }
    case 3:
      parts[key] = Array.isArray(parts[key]) ? [...parts[key], ...parts[key]] : [parts[key], parts[key]];
      break;
    default:
      parts[key] = changedOnce(parts[key], draws);
  }
  return value;
}

/** Bytes with one or several changes: some are overwritten, cut off, repeated or moved. */
export function mutatedBytes(bytes: Uint8Array, draws: Draws): Uint8Array {
  let changed = Uint8Array.from(bytes);
  for (let left = draws.below(3); left >= 0 && changed.length > 0; left -= 1) {
    const [at, to] = [draws.below(changed.length), draws.below(changed.length)];
    const [before, after] = [changed.subarray(0, at), changed.subarray(at)];
    switch (draws.below(4)) {
      case 0:
        changed[at] = draws.below(256);
        break;
      case 1:
        changed = Uint8Array.from(before);
        break;
      case 2:
        changed = Uint8Array.from([...before, ...changed.subarray(to, to + 16), ...after]);
        break;
      default:
        changed.copyWithin(at, to, to + 8);
    }
  }
  return changed;
}
