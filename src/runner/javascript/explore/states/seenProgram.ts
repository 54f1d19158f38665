/** The user's program, as it is searched for loops. */
import { LoopingProgram, type SeenProgram } from "../../../../core/explore/loops/loopingProgram";
import type { Program } from "../../../../core/explore/program";
import type { FreshProgram } from "../program";
import type { WholeState } from "./wholeState";

/**
 * A program whose orders end where they go round in a loop for ever.
 *
 * @param program runs the other one
 * @param isPolicys whether the policy decides who runs in a loop, rather than anybody
 */
export function looping(program: Program, running: FreshProgram, whole: WholeState, isPolicys: boolean): LoopingProgram {
  const seen: SeenProgram = {
    get ready() {
      return program.ready;
    },
    begin: () => program.begin(),
    resume: (task) => program.resume(task),
    outcome: (isCut) => program.outcome(isCut),
    fingerprint: () => program.fingerprint(),
    state: () => whole.of(running),
    ...(isPolicys ? { policyState: () => running.policyState() } : {}),
    endless: (loop) => running.endless(loop),
  };
  return new LoopingProgram(seen);
}
