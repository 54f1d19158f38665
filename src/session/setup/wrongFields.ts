/**
 * Fields of a setup that are valid by themselves, but not together.
 */
import { OrderError } from "../common/errors";
import { choosePolicy, isPolicyFile, isSeeded, withoutSeed } from "../order/policies";
import { remedies, type SetupFields } from "./schema";

/** What is wrong, and what to write instead. */
interface Wrong {
  readonly field: keyof SetupFields;
  readonly message: string;
  readonly remedy: string;
}

/** The fields that have no meaning for a program that decides itself who runs. */
const ofTasks = ["tasks", "way", "switchPoints", "policy", "seed", "until", "check", "invariant"] as const;

/** The first error in the fields of a setup; undefined if there is none. */
export function wrongFields(fields: SetupFields): Wrong | undefined {
  return wrongKind(fields) ?? wrongOrder(fields);
}

/** A setup has neither tasks nor a program, or what only tasks have beside a program. */
function wrongKind(fields: SetupFields): Wrong | undefined {
  if (!fields.program) {
    const remedy = `${remedies.tasks} For a program with a scheduler of its own, write "program": {}.`;
    return fields.tasks
      ? (wrongPoints(fields) ?? wrongTime(fields))
      : { field: "tasks", message: 'The field "tasks" is missing.', remedy };
  }
  const field = ofTasks.find((each) => fields[each] !== undefined);
  const remedy = "Leave it out, or leave out the program.";
  return field && { field, message: `"${field}" has no effect: the program decides itself who runs.`, remedy };
}

/** Only threads have switch points besides their yields. */
function wrongPoints({ way, switchPoints }: SetupFields): Wrong | undefined {
  if (switchPoints === undefined || way === "threads") return undefined;
  const message = '"switchPoints" has no effect: the tasks give way only where they yield.';
  return { field: "switchPoints", message, remedy: 'Leave it out, or write "way": "threads".' };
}

/** Processes run at the same time, which is real. */
function wrongTime({ way, virtualTime }: SetupFields): Wrong | undefined {
  if (way !== "processes" || virtualTime === undefined) return undefined;
  const message = '"virtualTime" has no effect: tasks in processes run at the same time, which is real.';
  return { field: "virtualTime", message, remedy: 'Leave it out, or write another "way".' };
}

/** The error in a policy and its seed. Does not check whether a policy's file exists: that is found when the setup runs. */
function wrongOrder({ policy, seed }: SetupFields): Wrong | undefined {
  try {
    if (policy !== undefined && !isPolicyFile(policy)) choosePolicy(policy);
  } catch (error) {
    if (error instanceof OrderError) return { field: "policy", message: error.message, remedy: error.remedy };
    throw error;
  }
  if (seed === undefined || (policy !== undefined && isSeeded(policy) && withoutSeed(policy).seed === undefined))
    return undefined;
  const message = '"seed" has no effect: the policy contains a seed, or uses none.';
  return { field: "seed", message, remedy: "Leave it out, or choose a policy that uses random numbers, such as random." };
}
