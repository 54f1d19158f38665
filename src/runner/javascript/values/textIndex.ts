/**
 * A hash table of texts that are stored one after the other in memory. Finds a text by its bytes.
 */
import { maxChunkSteps } from "../../../core/trace/trace";

/** The number of slots: a power of two, so large that the table is never more than half full. */
const slots = 2 * maxChunkSteps;
/** The maximum number of slots probed. A text that finds no free slot is not added, and is stored again if it recurs. */
const mostProbes = 8;
/** If this many texts were new, and hardly any recurred, further texts are not looked up. */
const mostMissed = 4_096;
/** The same limit if the previous chunk already exceeded it. */
const leastMissed = 256;

export class TextIndex {
  /** The numbers of the texts, counted from 1; 0 is an empty slot. */
  readonly #table = new Int32Array(slots);
  readonly #hash = new Int32Array(maxChunkSteps);
  readonly #from = new Uint32Array(maxChunkSteps);
  readonly #to = new Uint32Array(maxChunkSteps);
  #found = 0;
  #missed = 0;
  #mostMissed = mostMissed;

  /**
   * Looks a text up. If it is new, adds it with the given number.
   *
   * @param from where its bytes begin
   * @param to where they end
   * @returns the number of the known text with the same bytes, or -1
   */
  find(view: DataView, from: number, to: number, number: number): number {
    if (this.#missed > this.#mostMissed && this.#areNew) return -1;
    const hash = hashOf(view, from, to);
    for (let probe = 0; probe < mostProbes; probe += 1) {
      const slot = (hash + probe) & (slots - 1);
      const known = (this.#table[slot] as number) - 1;
      if (known < 0) {
        this.#add(slot, hash, from, to, number);
        return -1;
      }
      if (this.#hash[known] !== hash || !this.#isSame(view, from, to, known)) continue;
      this.#found += 1;
      return known;
    }
    return -1;
  }

  /** Removes all texts. */
  clear(): void {
    if (this.#missed > 0) this.#table.fill(0);
    this.#mostMissed = this.#missed > leastMissed && this.#areNew ? leastMissed : mostMissed;
    this.#found = 0;
    this.#missed = 0;
  }

  get #areNew(): boolean {
    return this.#missed > 8 * this.#found;
  }

  #add(slot: number, hash: number, from: number, to: number, number: number): void {
    this.#missed += 1;
    this.#table[slot] = number + 1;
    this.#hash[number] = hash;
    this.#from[number] = from;
    this.#to[number] = to;
  }

  #isSame(view: DataView, from: number, to: number, known: number): boolean {
    const start = this.#from[known] as number;
    if ((this.#to[known] as number) - start !== to - from) return false;
    for (let index = from; index < to; index += 1) {
      if (view.getUint8(index) !== view.getUint8(start + index - from)) return false;
    }
    return true;
  }
}

/** FNV-1a over four bytes at a time, with the high bits mixed into the low ones, which select the slot. */
function hashOf(view: DataView, from: number, to: number): number {
  let hash = 0x811c9dc5 | 0;
  let at = from;
  for (; at + 4 <= to; at += 4) {
    hash = Math.imul(hash ^ view.getInt32(at, true), 0x01000193);
    hash ^= hash >>> 15;
  }
  for (; at < to; at += 1) hash = Math.imul(hash ^ view.getUint8(at), 0x01000193);
  return hash ^ (hash >>> 15);
}
