/** Requests that look at the tasks of a program, and resume none. */
import type { Taken } from "../../protocol/requests";
import type { Answer } from "../../protocol/runner";
import { dismiss, taskState } from "./execute/tasks";
import { listed, type RunningFrame, runningFrames } from "./inspect/frames";
import type { Handles } from "./inspect/handles";
import type { ObservedProgram } from "./observe/program";
import { type Program, scopeOf } from "./program";
import { RequestError } from "./values/failures";
import { preview } from "./values/preview";

/** A program, and who resumes its tasks, if it does that itself. */
export interface Seen {
  readonly program: Program;
  readonly observed: ObservedProgram | undefined;
}

/** The stack of a task with its locals, its last value, and who has resumed it. */
export function inspect({ program, observed }: Seen, id: number, handles: Handles): Answer<"inspect"> {
  const task = program.tasks.known(id);
  const shown = ({ at, locals }: RunningFrame) => {
    return { ...at, locals: [...listed(locals)].map(([name, value]) => ({ name, value: handles.value(value) })) };
  };
  const frames = program.framesOf(task.iterator).map(shown);
  const isNew = task.state === taskState.created || task.state === taskState.begun;
  const resumedBy = observed?.isWaitingAt(id) ? { resumedBy: runningFrames(program.loaded.instance).map(shown) } : {};
  const { asyncTasks, code } = program;
  const got = observed?.isWaitingAt(id) ? observed.got : asyncTasks.givenTo(id, code.recorder.steps);
  const given = got === undefined ? {} : { got: preview(got) };
  return { frames, ...(isNew ? {} : { value: handles.value(task.value) }), ...resumedBy, ...given };
}

/** The value of an expression in a task's innermost frame, in the driver's, or in the session's file. */
export function evaluate(seen: Seen, fields: Taken<"evaluate">, handles: Handles): Answer<"evaluate"> {
  const value = seen.program.code.run("evaluate", () => prepared(seen, fields));
  dismiss(value);
  return handles.value(value);
}

function prepared(seen: Seen, { expression, task: id, driver: ofDriver }: Taken<"evaluate">): () => unknown {
  const { program } = seen;
  if (ofDriver) {
    const { module, locals } = driverIn(seen);
    return scopeOf(module).prepare(expression, locals);
  }
  if (id === undefined) return program.scope().prepare(expression);
  const innermost = program.framesOf(program.tasks.known(id).iterator).at(-1);
  return (innermost?.module.scope ?? program.scope(id)).prepare(expression, innermost?.locals);
}

/** The innermost of the user's functions that have resumed the task of the step. @throws RequestError if there is none */
function driverIn({ program, observed }: Seen): RunningFrame {
  const failed = (message: string) => new RequestError({ code: "evaluate", message });
  if (!observed) throw failed("Only a program that is observed has a scheduler of its own.");
  const driver = observed.isWaitingInStep ? runningFrames(program.loaded.instance).at(-1) : undefined;
  if (!driver) throw failed("No function of your files has resumed the task of this step.");
  return driver;
}
