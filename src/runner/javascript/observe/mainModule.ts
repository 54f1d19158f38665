/** The end of an observed program whose statements `await`. */
import { failLater } from "./uncaught";

/** Ends the process as Node does, if the program's statements fail later on, or if they never come to their end. */
export function endWith(ready: Promise<void>): void {
  let isOver = false;
  const noteUnsettled = () => {
    if (!isOver) process.exitCode ??= unsettled;
  };
  process.once("exit", noteUnsettled);
  ready.then(
    () => {
      isOver = true;
      process.off("exit", noteUnsettled);
    },
    (error) => {
      isOver = true;
      failLater(error);
    },
  );
}

/** The exit code for a module whose `await` nothing will ever settle. */
const unsettled = 13;
