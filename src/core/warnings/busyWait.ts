/**
 * Busy waiting: a task yields the same value at the same place again and again, while what others do changes.
 *
 * A loop that waits by asking does not end by itself, so a high threshold finds it as surely as a low one; a loop that works
 * and says the same each time is seldom that long. A task that yields nothing may work or wait: nobody can tell from outside.
 */
import type { MakeFinder } from "./finding";
import { silent } from "./looks";
import { counted } from "./warning";

const longestStreak = 10_000;
/** Others do something new once in so many of its steps at least. */
const seldomNews = 100;

interface Streak {
  look: number;
  from: number;
  length: number;
  /** What all tasks together had done that was new when it began. */
  news: number;
}

/** @param most so many times in a row */
export const busyWaitAfter =
  (most: number): MakeFinder =>
  (standing, found) => {
    const streaks: (Streak | undefined)[] = [];
    let news = 0;
    const check = (task: number, streak: Streak, step: number): void => {
      if ((news - streak.news) * seldomNews < most) return;
      if (standing.hasPrinted(streak.from, step, task)) return;
      const text = ` waits by asking again and again: it yielded the same value at the same place ${counted(streak.length)} times in a row, while others went on.`;
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
