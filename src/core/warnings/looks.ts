/**
 * How a step looks from outside: the place and the value that a task yields, as one number. Whether a task does the same again and
 * again can be seen only where what it yields says something.
 */
import type { StepChunk } from "../trace/trace";

/** What steps look like whose task yields nothing, or a request: whether it gets on cannot be seen. */
export const silent = 0;

const bare = new Set(["undefined", "None", ""]);
/** The text of a request has no quotes, so that no string of the user's looks like it. */
const request = /^(?:acquire|put|take|wait|sleep|join|spawn|any|all|handOver|hand_over)\(/;

export class Looks {
  /** The values of the chunk that was read last: the hash of each, 0 where it was not computed yet. */
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
    const hash = bare.has(text) || request.test(text) ? unsaid : hashOf(text);
    this.#hashes[value] = hash;
    return hash;
  }

  /** A segment that grows keeps the numbers of its values. */
  #begin(chunk: StepChunk): void {
    const isNext = chunk.first !== this.#first;
    const hashes = new Uint32Array(Math.max(2 * chunk.values.length, 64));
    if (!isNext) hashes.set(this.#hashes);
    this.#first = chunk.first;
    this.#hashes = hashes;
  }
}

const unsaid = 1;
/** More than there are numbers of yield points: 16 bits have them. */
const places = 65_536;

/** FNV-1a; never 0 or 1. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash | 2) >>> 0;
}
