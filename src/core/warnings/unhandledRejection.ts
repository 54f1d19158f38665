/** Unhandled rejection: a promise was rejected without a handler, which ends the program. */
import type { MakeFinder } from "./finding";
import { counted } from "./warning";

export const unhandledRejection: MakeFinder = (standing) => ({
  atRest: () =>
    standing.rejections.map(({ task, step, message }) => ({
      kind: "unhandled-rejection",
      task,
      steps: [step],
      sentence: [
        { text: `In or after step ${counted(step)} (` },
        { task },
        { text: `), a promise was rejected and nobody handled it: ${message}` },
      ],
    })),
});
