/**
 * Livelock: tasks run, and in so many rounds nothing changes that can be seen. All of them yield what they yielded before, nobody prints,
 * ends or waits.
 *
 * A livelock does not end by itself, so a high threshold finds it as surely as a low one, and loops that work and say the
 * same each time are seldom that long.
 */
import type { MakeFinder } from "./finding";
import { silent } from "./looks";
import { counted } from "./warning";

const mostRounds = 100_000;
/** A task goes round in a circle where it looks like one of so many of its steps before. */
const longestCircle = 8;
/** So many tasks are named. */
const mostNamed = 3;

/** @param rounds in which nothing changed */
export const livelockAfter =
  (rounds: number): MakeFinder =>
  (standing, found) => {
    /** For each task, how its latest steps looked that were new, and where the next one goes. */
    const circles: { readonly looks: Float64Array; next: number }[] = [];
    const lastSteps: number[] = [];
    /** The last step in which something changed. */
    let changed = 0;
    const isNew = (task: number, look: number): boolean => {
      if (look === silent) return true;
      let circle = circles[task];
      if (!circle) circles[task] = circle = { looks: new Float64Array(longestCircle), next: 0 };
      if (circle.looks.includes(look)) return false;
      circle.looks[circle.next] = look;
      circle.next = (circle.next + 1) % longestCircle;
      return true;
    };
    const check = (step: number): void => {
      const ready = Array.from({ length: standing.tasks }, (_, task) => task).filter((task) => standing.isReady(task));
      const from = changed + 1;
      changed = step;
      if (!ready.every((task) => (lastSteps[task] ?? 0) >= from) || standing.hasPrinted(from, step)) return;
      const named = ready.slice(0, mostNamed).flatMap((task, index) => [...(index > 0 ? [{ text: ", " }] : []), { task }]);
      const more = ready.length > mostNamed ? ` and ${counted(ready.length - mostNamed)} more` : "";
      const text = `${more} went round in circles for ${counted(rounds)} rounds: what was yielded had been yielded before each time, and nothing was printed.`;
      found({ kind: "livelock", task: ready[0] ?? 0, steps: [from, step], sentence: [...named, { text }] });
    };
    const change = (_task: number, step: number): void => {
      changed = step;
    };
    return {
      entered: change,
      left: change,
      steps: (chunk, from, to) => {
        const most = rounds * standing.ready;
        for (let index = from; index < to; index += 1) {
          const step = chunk.first + index;
          const task = chunk.task[index] as number;
          lastSteps[task] = step;
          if (isNew(task, standing.looks.of(chunk, index))) changed = step;
          else if (step - changed >= most) check(step);
        }
      },
    };
  };

export const livelock = livelockAfter(mostRounds);
