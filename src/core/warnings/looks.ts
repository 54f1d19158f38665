/**
 * What a step looks like from outside: the place and the value of the yield, as one number. Whether a task repeats itself can be seen only
 * if the yielded value carries information.
 */
import type { StepChunk } from "../trace/trace";

/** The look of a step that yields nothing, or what its task waits for, and so does not show whether its task makes progress. */
export const silent = 0;

/** Nothing, promises, futures, requests. Their previews have no quotes, so that no string of the user's can match. */
const sayingNothing =
  /^(?:(?:|undefined|None|Promise|<(?:Future|Task) object>)$|(?:acquire|put|take|wait|sleep|join|spawn|any|all|handOver|hand_over)\()/;

export class Looks {
  /** The hashes of the values of the last chunk; 0 if not computed yet. */
  #hashes = new Uint32Array(0);
  #first = 0;

  /** @returns `silent`, or a number that is the same for steps that look the same */
  of(chunk: StepChunk, index: number): number {
    const hash = this.#hashOf(chunk, chunk.value[index] as number);
    return hash === unsaid ? silent : hash * places + (chunk.point[index] as number);
  }

  #hashOf(chunk: StepChunk, value: number): number {
    if (chunk.first !== this.#first || value >= this.#hashes.length) this.#begin(chunk);
    const known = this.#hashes[value] as number;
    if (known !== 0) return known;
    const text = chunk.values.at(value) ?? "";
    const hash = sayingNothing.test(text) ? unsaid : hashOf(text);
    this.#hashes[value] = hash;
    return hash;
  }

  /** The hashes are kept for a longer version of the same chunk, in which values keep their numbers. */
  #begin(chunk: StepChunk): void {
    const isNext = chunk.first !== this.#first;
    const hashes = new Uint32Array(Math.max(2 * chunk.values.length, 64));
    if (!isNext) hashes.set(this.#hashes);
    this.#first = chunk.first;
    this.#hashes = hashes;
  }
}

const unsaid = 1;
/** The number of possible yield point numbers, which have 16 bits. */
const places = 65_536;

/** FNV-1a; never 0 or 1. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash | 2) >>> 0;
}
