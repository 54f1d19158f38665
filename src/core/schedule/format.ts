/**
 * A schedule as text, short enough to paste: `round-robin; "ping()" "pong()"; (0 1)*500 0*3 !1`. `docs/schedule.md` has the
 * grammar, `parser.ts` reads it.
 */
import type { Conditions } from "../conditions";
import type { Change } from "./changes";
import { beginsWithProcesses, beginsWithThreads, beginsWithTime, headText } from "./headText";
import type { Picks, ScheduleItem } from "./items";
import { Repeats } from "./repeats";
import type { TaskRun } from "./runs";

/**
 * Formats a schedule. Repetitions are written once, and the text reads back as the same picks. Takes time linear in the number of
 * picks.
 *
 * @param items the first is the policy, followed by the tasks that are added before the first step
 * @param conditions of the run
 */
export function formatSchedule(items: Iterable<ScheduleItem>, conditions: Conditions = {}): string {
  const writer = new ScheduleWriter(conditions);
  for (const item of items) writer.take(item);
  return writer.end();
}

/** Formats a schedule whose items are pushed one by one. */
export class ScheduleWriter {
  readonly #head: string;
  #policy = "round-robin";
  readonly #calls: string[] = [];
  readonly #steps: string[] = [];
  readonly #repeats = new Repeats(({ runs, times }) => {
    const text = runs.map(runText).join(" ");
    this.#steps.push(times === 1 ? text : `(${text})*${times}`);
  });
  #isHead = true;

  /** @param conditions of the run */
  constructor(conditions: Conditions) {
    this.#head = headText(conditions);
  }

  take(item: ScheduleItem): void {
    if (this.#isHead && this.#takeHead(item)) return;
    this.#isHead = false;
    if (item.kind !== "picks") {
      this.#repeats.end();
      this.#steps.push(changeText(item));
    } else if (item.picks.length === 1) this.#repeats.push(item.picks[0] as number, (item.counts?.[0] ?? 1) * item.times);
    else this.#takePicks(item);
  }

  end(): string {
    this.#repeats.end();
    const policy = policyText(this.#policy);
    const head = this.#calls.length > 0 ? [policy, this.#calls.join(" ")] : [policy];
    return `${this.#head}${head.join("; ")}; ${this.#steps.join(" ")}`.trimEnd();
  }

  #takeHead(item: ScheduleItem): boolean {
    if (item.kind === "add") this.#calls.push(JSON.stringify(item.call));
    else if (item.kind === "policy" && this.#calls.length === 0) this.#policy = item.policy;
    else return false;
    return true;
  }

  #takePicks({ picks, counts, times }: Picks): void {
    for (let round = 0; round < times; round += 1) {
      for (let index = 0; index < picks.length; index += 1) this.#repeats.push(picks[index] as number, counts?.[index] ?? 1);
    }
  }
}

/** Paths that need quotes: unquoted, they would end early, or start with `@`, which means a file on the command line. */
const misread = /^$|^["@\s]|[;\p{Cc}]|\s$/u;

function policyText(policy: string): string {
  return misread.test(policy) ||
    beginsWithTime(`${policy};`) ||
    beginsWithThreads(`${policy};`) ||
    beginsWithProcesses(`${policy};`)
    ? JSON.stringify(policy)
    : policy;
}

function runText({ task, count }: TaskRun): string {
  return count === 1 ? String(task) : `${task}*${count}`;
}

/** A change or a step by hand, as the text of a schedule has it. */
export function changeText(change: Change): string {
  switch (change.kind) {
    case "policy":
      return `policy=${JSON.stringify(change.policy)}`;
    case "add":
      return `add=${JSON.stringify(change.call)}`;
    case "pick":
      return `!${change.task}${change.send === undefined ? "" : `=${JSON.stringify(change.send)}`}`;
    case "throw":
      return `throw:${change.task}=${JSON.stringify(change.expression)}`;
    default:
      return `${change.kind}:${change.task}`;
  }
}
