/**
 * A hog: a slice that is noticeably long, and long compared with the slices of other tasks, while another task was ready.
 *
 * People notice a pause of 100 ms, but a busy machine may suspend a process for as long, so the threshold is 200 ms. If all tasks do the
 * same kind of work, their slices differ by a factor of less than 20.
 */
import type { MakeFinder } from "./finding";
import { counted, duration } from "./warning";

const longestMicros = 200_000;
const mostTimesOthers = 20;

export const hog: MakeFinder = (standing, found) => {
  const own: { steps: number; micros: number }[] = [];
  let steps = 0;
  let micros = 0;
  const check = (task: number, step: number, took: number): void => {
    if (standing.ready < 2) return;
    const mine = own[task] ?? { steps: 0, micros: 0 };
    const stepsOfOthers = steps - mine.steps;
    const mean = stepsOfOthers > 0 ? (micros - mine.micros) / stepsOfOthers : 0;
    if (took < mostTimesOthers * mean) return;
    const beside = stepsOfOthers > 0 ? ` A slice of the others took ${duration(mean)} on average.` : "";
    const text = ` ran for ${duration(took)} in step ${counted(step)} without yielding, while others were ready.${beside}`;
    found({ kind: "hog", task, steps: [step], sentence: [{ task }, { text }] });
  };
  return {
    steps: ({ task: tasks, micros: times, first }, from, to) => {
      for (let index = from; index < to; index += 1) {
        const took = times[index] as number;
        const task = tasks[index] as number;
        if (took >= longestMicros) check(task, first + index, took);
        let sum = own[task];
        if (!sum) own[task] = sum = { steps: 0, micros: 0 };
        sum.steps += 1;
        sum.micros += took;
        micros += took;
        steps += 1;
      }
    },
  };
};
