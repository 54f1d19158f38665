/**
 * Busy waiting: a task yields the same value at the same place again and again, while other tasks make progress.
 *
 * A polling loop does not end by itself, so it reaches a high threshold as surely as a low one. A loop that does useful work but always
 * yields the same value is seldom that long. A task that yields nothing may be working or waiting; the trace cannot tell which.
 */
import type { MakeFinder } from "./finding";
import { silent } from "./looks";
import { counted } from "./warning";

const longestStreak = 10_000;
/** Other tasks must do something new at least once in this many steps of the task. */
const seldomNews = 100;

interface Streak {
  look: number;
  from: number;
  length: number;
  /** How many steps of all tasks looked new when the streak began. */
  news: number;
}

/** @param most how many times in a row a step must look the same */
export const busyWaitAfter =
  (most: number): MakeFinder =>
  (standing, found) => {
    const streaks: (Streak | undefined)[] = [];
    let news = 0;
    const check = (task: number, streak: Streak, step: number): void => {
      if ((news - streak.news) * seldomNews < most) return;
      if (standing.hasPrinted(streak.from, step, task)) return;
      const text = ` seems to poll instead of waiting: it yielded the same value at the same place ${counted(streak.length)} times in a row, while other tasks made progress.`;
      found({ kind: "busy-wait", task, steps: [streak.from, step], sentence: [{ task }, { text }] });
    };
    return {
      left: (task) => {
        streaks[task] = undefined;
      },
      steps: (chunk, from, to) => {
        for (let index = from; index < to; index += 1) {
          const task = chunk.task[index] as number;
          const look = standing.looks.of(chunk, index);
          const streak = streaks[task];
          if (streak && look === streak.look && look !== silent) {
            streak.length += 1;
            if (streak.length % most === 0) check(task, streak, chunk.first + index);
            continue;
          }
          if (look !== silent) news += 1;
          if (streak) {
            streak.look = look;
            streak.from = chunk.first + index;
            streak.length = 1;
            streak.news = news;
          } else streaks[task] = { look, from: chunk.first + index, length: 1, news };
        }
      },
    };
  };

export const busyWait = busyWaitAfter(longestStreak);
