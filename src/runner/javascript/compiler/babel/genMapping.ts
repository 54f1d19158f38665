/**
 * Replaces `@jridgewell/gen-mapping` in the bundle. It only records the source positions of the printed code, which are needed
 * when there is an error.
 */

interface Position {
  readonly line: number;
  readonly column: number;
}

interface Mapping {
  readonly generated: Position;
  readonly original?: Position | undefined;
}

/** The number of elements per position. */
const size = 4;

/** Lines count from 1, columns from 0. */
export class GenMapping {
  /** For each position: line and column in the output, line and column in the source. */
  readonly #places: number[] = [];

  add(written: Position, source: Position): void {
    this.#places.push(written.line, written.column, source.line, source.column);
  }

  /** The source column of a position in the output, if the source has it on the same line. */
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

  /** The position in the source of what begins at a position in the output. */
  sourceOf(line: number, column: number): Position | undefined {
    for (let at = this.#firstIn(line); this.#number(at) === line; at += size) {
      if (this.#number(at + 1) === column) return { line: this.#number(at + 2), column: this.#number(at + 3) };
    }
    return undefined;
  }

  /** Binary search: lines are printed in ascending order. */
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

/** The printer also imports these, but their results are not used. */
export function setSourceContent(): void {}
export function toDecodedMap(): void {}
export function toEncodedMap(): void {}
