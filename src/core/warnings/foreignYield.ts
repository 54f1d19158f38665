/** A task yields values of another library, which only the scheduler of that library serves. */
import type { MakeFinder } from "./finding";
import { counted } from "./warning";

export const foreignYield: MakeFinder = (standing) => ({
  atRest: () =>
    standing.foreignYields.map(({ task, step, library }) => ({
      kind: "foreign-yield",
      task,
      steps: [step],
      sentence: [
        { text: `In step ${counted(step)} ` },
        { task },
        { text: ` yielded what belongs to ${library}. Here it is only a value that nobody serves; the program can be run ` },
        { text: "under its own scheduler, outside of Yieldpoint." },
      ],
    })),
});
