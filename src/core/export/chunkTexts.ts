/**
 * Caches the texts of a trace's values and yield points, since most of them repeat: values per chunk, yield points for all chunks.
 */
import type { StepChunk, YieldPoint } from "../trace/trace";

export class ChunkTexts<Text = string> {
  #chunk: StepChunk | undefined;
  #values: (Text | undefined)[] = [];
  readonly #points: (Text | undefined)[] = [];

  /**
   * @param valueText converts a value
   * @param pointText converts a yield point, or undefined if a step has none
   */
  constructor(
    readonly points: readonly YieldPoint[],
    readonly valueText: (value: string) => Text,
    readonly pointText: (point: YieldPoint | undefined) => Text,
  ) {}

  /** The text of a value by its index in the chunk. */
  value(chunk: StepChunk, number: number): Text {
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

  /** The text of a yield point by its number, counted from 1. */
  point(number: number): Text {
    const known = this.#points[number];
    if (known !== undefined) return known;
    const text = this.pointText(this.points[number - 1]);
    this.#points[number] = text;
    return text;
  }
}
