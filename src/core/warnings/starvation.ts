/**
 * Starvation: a task was always ready, but others were picked instead.
 *
 * Under a fair policy a task waits for one round, that is, one step of each ready task. Under a random policy it waits for k rounds with a
 * probability of about e^-k. In a lottery in which it holds 1 of 100 tickets, it waits for 1,000 rounds with a probability of e^-20. So
 * 1,000 rounds are not a coincidence.
 */
import { TaskQueue } from "../policies/taskQueue";
import type { MakeFinder } from "./finding";
import { counted } from "./warning";

const longestRounds = 1_000;

/** @param rounds how many rounds a task must have been ready without being picked */
export const starvationAfter =
  (rounds: number): MakeFinder =>
  (standing, found) => {
    /** The ready tasks that were not reported since their last step, in the order of that step. */
    const waiting = new TaskQueue();
    const since: number[] = [];
    const starves = (task: number, step: number): void => {
      waiting.remove(task);
      const from = since[task] as number;
      const begin = from === 0 ? "from the beginning" : `from step ${counted(from)} on`;
      const text = ` was ready ${begin}, and was not picked in the next ${counted(step - from)} steps: ${counted(rounds)} rounds of ${standing.ready} ready tasks.`;
      found({ kind: "starvation", task, steps: [Math.max(1, from), step], sentence: [{ task }, { text }] });
    };
    return {
      entered: (task, step) => {
        since[task] = step;
        waiting.push(task);
      },
      left: (task) => waiting.remove(task),
      steps: ({ task: tasks, first }, from, to) => {
        const most = rounds * standing.ready;
        for (let index = from; index < to; index += 1) {
          const task = tasks[index] as number;
          since[task] = first + index;
          waiting.push(task);
          const longest = waiting.head as number;
          if (first + index - (since[longest] as number) >= most) starves(longest, first + index);
        }
      },
    };
  };

export const starvation = starvationAfter(longestRounds);
