/**
 * Texts for the values and yield points of a trace, made once per chunk or once for all chunks: most values repeat.
 */
import type { StepChunk, YieldPoint } from "../trace/trace";

export class ChunkTexts<Text = string> {
  #chunk: StepChunk | undefined;
  #values: (Text | undefined)[] = [];
  readonly #points: (Text | undefined)[] = [];

  /**
   * @param valueText what is written for a value
   * @param pointText what is written for a yield point, or where there is none
   */
  constructor(
    readonly points: readonly YieldPoint[],
    readonly valueText: (value: string) => Text,
    readonly pointText: (point: YieldPoint | undefined) => Text,
  ) {}

  /** The text of the value with this number in a chunk. */
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

  /** The text of the yield point with this number, counted from 1. */
  point(number: number): Text {
    const known = this.#points[number];
    if (known !== undefined) return known;
    const text = this.pointText(this.points[number - 1]);
    this.#points[number] = text;
    return text;
  }
}
