/**
 * Checks whether a replay matches its recording. Compares whole columns, because a replay may be millions of steps long.
 */
import type { Texts } from "./textList";
import type { StepChunk, YieldPoint } from "./trace";

/** Compares the chunks of a replay with a trace. The replay and the trace number their yield points and values independently. */
export class Comparison {
  readonly #ids = new Map<string, number>();
  readonly #recordedIds: number[] = [0];
  readonly #replayedIds: number[] = [0];
  readonly #replayedPoints: YieldPoint[] = [];

  /** @param recordedPoints the trace's own list, which may grow during the comparison */
  constructor(readonly recordedPoints: readonly YieldPoint[]) {}

  /** The yield points that the replay announced so far. */
  get points(): readonly YieldPoint[] {
    return this.#replayedPoints;
  }

  /** Adds yield points that the replay announced. */
  addPoints(points: readonly YieldPoint[]): void {
    this.#replayedPoints.push(...points);
    for (const point of points) this.#replayedIds.push(this.#idOf(point));
  }

  /**
   * The first step in which two chunks differ, among the steps that both contain; undefined if all are equal. Durations of slices are
   * not compared.
   */
  firstDifference(recorded: StepChunk, replayed: StepChunk): number | undefined {
    while (this.#recordedIds.length <= this.recordedPoints.length) {
      this.#recordedIds.push(this.#idOf(this.recordedPoints[this.#recordedIds.length - 1] as YieldPoint));
    }
    const first = Math.max(recorded.first, replayed.first);
    const end = Math.min(recorded.first + recorded.task.length, replayed.first + replayed.task.length);
    const known = new Map<string | undefined, number>();
    for (let number = 0; number < replayed.values.length; number += 1) known.set(replayed.values.at(number), number);
    const [ourValues, theirValues] = [numbersOf(recorded.values, known), numbersOf(replayed.values, known)];
    const [ours, theirs] = [this.#recordedIds, this.#replayedIds];
    for (let a = first - recorded.first, b = first - replayed.first; a < end - recorded.first; a += 1, b += 1) {
      const agrees =
        recorded.task[a] === replayed.task[b] &&
        recorded.event[a] === replayed.event[b] &&
        ourValues[recorded.value[a] as number] === theirValues[replayed.value[b] as number] &&
        ours[recorded.point[a] as number] === theirs[replayed.point[b] as number];
      if (!agrees) return recorded.first + a;
    }
    return undefined;
  }

  #idOf({ file, line, column, function: name }: YieldPoint): number {
    const key = JSON.stringify([file, line, column, name]);
    const id = this.#ids.get(key) ?? this.#ids.size + 1;
    this.#ids.set(key, id);
    return id;
  }
}

/** For each value, the number of its text, or -1 if the text has none yet. A chunk may contain the same text twice. */
function numbersOf(values: Texts, known: ReadonlyMap<string | undefined, number>): Int32Array {
  const numbers = new Int32Array(values.length);
  for (let number = 0; number < values.length; number += 1) numbers[number] = known.get(values.at(number)) ?? -1;
  return numbers;
}
