/**
 * Stands in for `@jridgewell/gen-mapping` in the bundle: it only records which source positions the printed code came from.
 * They are used when there is an error.
 */

interface Position {
  readonly line: number;
  readonly column: number;
}

interface Mapping {
  readonly generated: Position;
  readonly original?: Position | undefined;
}

/** The numbers that make up a place. */
const size = 4;

/** Lines are counted from 1, columns from 0. */
export class GenMapping {
  /** Line and column of what was written, then of what it was in the source, one after the other. */
  readonly #places: number[] = [];

  add(written: Position, source: Position): void {
    this.#places.push(written.line, written.column, source.line, source.column);
  }

  /** The column in the source of what was written there, where it comes from the same line. */
  sourceColumn(line: number, column: number): number | undefined {
    let found: number | undefined;
    let nearest = -1;
    for (let at = this.#firstIn(line); this.#number(at) === line; at += size) {
      const written = this.#number(at + 1);
      if (written > column || written < nearest) continue;
      nearest = written;
      found = this.#number(at + 2) === line ? this.#number(at + 3) : undefined;
    }
    return found;
  }

  /** Lines are written one after the other. */
  #firstIn(line: number): number {
    let [low, high] = [0, this.#places.length / size];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#number(middle * size) < line) low = middle + 1;
      else high = middle;
    }
    return low * size;
  }

  #number(at: number): number {
    return this.#places[at] ?? Number.NaN;
  }
}

export function maybeAddMapping(map: GenMapping, { generated, original }: Mapping): void {
  if (original) map.add(generated, original);
}

export function allMappings(map: GenMapping): GenMapping {
  return map;
}

/** What else the printer asks for, and nobody of it. */
export function setSourceContent(): void {}
export function toDecodedMap(): void {}
export function toEncodedMap(): void {}
