/**
 * Keeps a runner busy: while it executes one plan, the next one is already on its way.
 */
import { type Plan, planLength } from "../../core/schedule/plan";
import type { Answer } from "../../protocol/runner";

/** How plans are made, sent and applied. */
export interface Relay {
  /** Sends a plan that starts so many steps after the first. @param ahead whether another one is under way */
  send(plan: Plan, offset: number, ahead: boolean): Promise<Answer<"advance">>;
  /** The plan after a given one, assuming that all of it runs; undefined when nothing more should be sent ahead. */
  after(plan: Plan): Plan | undefined;
  /** This many steps ran of a plan that starts so many steps after the first. */
  ran(plan: Plan, offset: number, steps: number): void;
  /** There is no answer to a plan, although some of its steps may have arrived; those before it were reported. */
  cutShort(plan: Plan, offset: number): void;
}

interface Sent {
  readonly plan: Plan;
  readonly offset: number;
  readonly answer: Promise<Answer<"advance">>;
}

/**
 * Executes plans, one ahead of the one that is executed. A plan that was sent ahead does nothing where the one before did not
 * run to its end.
 *
 * @returns how many steps ran of all, and why the last one ended
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
  answer.catch(() => undefined); // it is heard where the answer is waited for
  return { plan, offset, answer };
}
