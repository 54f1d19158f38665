/**
 * Texts for the values and yield points of a trace, made once for each chunk or for all: most values repeat.
 */
import type { StepChunk, YieldPoint } from "../trace";

export class ChunkTexts {
  #chunk: StepChunk | undefined;
  #values: (string | undefined)[] = [];
  readonly #points: (string | undefined)[] = [];

  /**
   * @param valueText what is written for a value
   * @param pointText what is written for a yield point
   */
  constructor(
    readonly points: readonly YieldPoint[],
    readonly valueText: (value: string) => string,
    readonly pointText: (point: YieldPoint) => string,
  ) {}

  /** The text of the value with this number in a chunk. */
  value(chunk: StepChunk, number: number): string {
    if (chunk !== this.#chunk) {
      this.#chunk = chunk;
      this.#values = [];
    }
    const known = this.#values[number];
    if (known !== undefined) return known;
    const text = this.valueText(chunk.values.at(number) ?? "");
    this.#values[number] = text;
    return text;
  }

  /** The text of the yield point with this number, counted from 1; empty where there is none. */
  point(number: number): string {
    const known = this.#points[number];
    if (known !== undefined) return known;
    const point = this.points[number - 1];
    const text = point ? this.pointText(point) : "";
    this.#points[number] = text;
    return text;
  }
}
