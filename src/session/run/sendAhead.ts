/**
 * Pipelines plans: while the runner executes one plan, the next one is already sent.
 */
import { type Plan, planLength } from "../../core/schedule/plan";
import type { Answer } from "../../protocol/runner";

/** How plans are made, sent and applied. Offsets are numbers of steps from the beginning of the first plan. */
export interface Relay {
  /** Sends a plan that starts at an offset. @param ahead whether another plan is in progress */
  send(plan: Plan, offset: number, ahead: boolean): Promise<Answer<"advance">>;
  /** The plan after a given one, assuming that all of it runs; undefined if nothing more should be sent ahead. */
  after(plan: Plan): Plan | undefined;
  /** Called with the number of steps that ran of a plan. */
  ran(plan: Plan, offset: number, steps: number): void;
  /** Called if a plan gets no answer, although some of its steps may have arrived. Earlier plans have been reported. */
  cutShort(plan: Plan, offset: number): void;
}

interface Sent {
  readonly plan: Plan;
  readonly offset: number;
  readonly answer: Promise<Answer<"advance">>;
}

/**
 * Executes plans, with one plan sent ahead. The runner ignores a plan that was sent ahead if the previous one did not run to its end.
 *
 * @returns the total number of steps that ran, and why the last plan ended
 */
export async function sendAhead(first: Plan, relay: Relay): Promise<Answer<"advance">> {
  let current: Sent | undefined = sent(first, 0, relay, "alone");
  let ran = 0;
  for (;;) {
    const ahead: Sent | undefined = followed(current, relay);
    const answer = await answerTo(current, relay);
    relay.ran(current.plan, current.offset, answer.ran);
    ran += answer.ran;
    if (!ahead) return { ...answer, ran };
    if (answer.stopped !== "completed") {
      await ahead.answer;
      return { ...answer, ran };
    }
    current = ahead;
  }
}

async function answerTo({ plan, offset, answer }: Sent, relay: Relay): Promise<Answer<"advance">> {
  try {
    return await answer;
  } catch (error) {
    relay.cutShort(plan, offset);
    throw error;
  }
}

function followed({ plan, offset }: Sent, relay: Relay): Sent | undefined {
  const next = relay.after(plan);
  return next && sent(next, offset + planLength(plan), relay, "ahead");
}

function sent(plan: Plan, offset: number, relay: Relay, how: "alone" | "ahead"): Sent {
  const answer = relay.send(plan, offset, how === "ahead");
  answer.catch(() => undefined); // the rejection is handled where the answer is awaited
  return { plan, offset, answer };
}
