/**
 * Livelock: tasks run for many rounds, but nothing observable changes. All of them yield only what they yielded before, and none prints,
 * ends or waits.
 *
 * A livelock does not end by itself, so it reaches a high threshold as surely as a low one. Loops that do useful work but always yield the
 * same value are seldom that long.
 */
import type { MakeFinder } from "./finding";
import { silent } from "./looks";
import { counted } from "./warning";

const mostRounds = 100_000;
/** A step repeats an earlier one if it looks like one of the last this many different steps of its task. */
const longestCircle = 8;
/** How many tasks the sentence names at most. */
const mostNamed = 3;

/** @param rounds for how many rounds nothing must have changed */
export const livelockAfter =
  (rounds: number): MakeFinder =>
  (standing, found) => {
    /** By task: a ring buffer of what its last different steps looked like, and where the next one goes. */
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
      const text = `${more} made no visible progress in ${counted(rounds)} rounds: every yield repeated an earlier one, and nothing was printed.`;
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
