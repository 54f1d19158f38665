/**
 * The text description of an exported picture, for people who cannot see it.
 */
import { edge, flag, lengthOf } from "../timeline/blocks";
import { stepLabel, timeLabel } from "../timeline/ticks";
import { blockedSteps } from "../timeline/waitSpans";
import type { Picture } from "./picture";

/** The visible part of the run. */
export function windowText({ question, level: { end } }: Picture): string {
  if (question.axis === "step") {
    const last = Math.min(end.step, Math.max(1, Math.ceil(question.to)));
    if (last === 0) return "no steps";
    return `steps ${stepLabel(Math.min(last, Math.floor(question.from) + 1))} to ${stepLabel(last)} of ${stepLabel(end.step)}`;
  }
  const between = (question.to - question.from) / 100;
  const [from, to, all] = [question.from, Math.min(question.to, end.micros), end.micros].map((time) => timeLabel(time, between));
  return `run time ${from} to ${to} of ${all}`;
}

/** What a lane shows. Blocks at the borders may extend beyond the window, and count in full. */
export function laneSentence({ level: { blocks, waits }, names }: Picture, lane: number): string {
  let [steps, micros, flags] = [0, 0, 0];
  const end = blocks.entry[lengthOf(blocks)] ?? 0;
  for (let at = 0; at < end; at += 1) {
    if (blocks.key[at] !== lane) continue;
    steps += blocks.steps[at] ?? 0;
    micros += blocks.micros[at] ?? 0;
    flags |= blocks.flags[at] ?? 0;
  }
  const ends = (["returned", "threw", "closed"] as const).filter((event) => flags & flag[event]);
  const what = `${stepLabel(steps)} ${steps === 1 ? "step" : "steps"} in ${timeLabel(micros, micros / 100)}`;
  const blocked = blockedSteps(waits[lane], edge(blocks, "step", 0), edge(blocks, "step", lengthOf(blocks)));
  const waited = blocked > 0 ? [`blocked for ${stepLabel(blocked)} ${blocked === 1 ? "step" : "steps"}`] : [];
  return `${names[lane] ?? ""}: ${[what, ...waited, ...ends].join(", ")}.`;
}
