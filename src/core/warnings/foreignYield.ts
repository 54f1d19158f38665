/** Foreign yield: a task yields a value that only the scheduler of another library serves. */
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
        { text: ` yielded a value for the scheduler of ${library}. Yieldpoint does not serve such values; ` },
        { text: `to have them served, run the program with ${library}, outside Yieldpoint.` },
      ],
    })),
});
