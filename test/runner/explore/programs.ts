/**
 * Programs with a known kind of bug in them, `test/fixtures/explore/NAME` in every language, and NAME-fixed without it. Calls and
 * expressions are the same text in all languages.
 */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { ExploredOutcome } from "../../../src/protocol/explore";
import type { RunnerUnderTest } from "../runners";

export interface BuggyProgram {
  readonly name: string;
  readonly calls: readonly string[];
  readonly check?: string;
  readonly invariant?: string;
  /** What the bug shows itself by. */
  readonly by: NonNullable<ExploredOutcome["failing"]>["by"];
  /** How the failing runs end. */
  readonly end: ExploredOutcome["end"];
  /** Whether it has so many orders that seeing what slices touch takes a while. */
  readonly isLarge?: true;
  /** Whether it shows itself only where orders end that go round in a loop. */
  readonly findsLoops?: true;
}

export const programs: readonly BuggyProgram[] = [
  { name: "lostUpdate", calls: ["deposit()", "deposit()"], check: "account == 2", by: "check", end: "all" },
  { name: "doubleBooking", calls: ["book()", "book()"], invariant: "seats >= 0", by: "invariant", end: "invariant" },
  { name: "checkThenAct", calls: ['save("a")', 'save("a")'], by: "threw", end: "threw" },
  { name: "dirtyRead", calls: ["withdraw(150)", "look()"], check: "seen == 100", by: "check", end: "all" },
  { name: "lostWakeup", calls: ["receive()", "deliver()"], by: "deadlock", end: "blocked" },
  { name: "twoLocks", calls: ["rightwards()", "leftwards()"], by: "deadlock", end: "deadlock" },
  { name: "threeLocks", calls: ["dine(0)", "dine(1)", "dine(2)"], by: "deadlock", end: "deadlock" },
  {
    name: "boundedBuffer",
    calls: ["consumer()", "consumer()", "producer(2)"],
    invariant: "parcels >= 0",
    by: "invariant",
    end: "invariant",
  },
  { name: "doubleCheckedStart", calls: ["ask()", "ask()"], by: "threw", end: "threw" },
  { name: "orderViolation", calls: ["main()"], by: "threw", end: "threw" },
  { name: "aba", calls: ["takes()", "moves()"], check: "top != used", by: "check", end: "all" },
  { name: "missedSignal", calls: ["starter()", "worker()"], by: "deadlock", end: "blocked" },
  {
    name: "readerStarves",
    calls: ["write()", "write()", "read()"],
    invariant: "overtaken <= 2",
    by: "invariant",
    end: "invariant",
  },
  {
    name: "writerStarves",
    calls: ["read()", "read()", "write()"],
    invariant: "overtaken <= 1",
    by: "invariant",
    end: "invariant",
  },
  { name: "polite", calls: ["passes(0)", "passes(1)"], by: "livelock", end: "livelock", findsLoops: true },
  { name: "backsOff", calls: ["rightwards()", "leftwards()"], by: "livelock", end: "livelock", findsLoops: true },
  { name: "rare", calls: ['types("a", 2)', 'types("b", 2)'], check: 'typed != "baab"', by: "check", end: "all" },
  {
    name: "rarest",
    calls: ['types("a", 7)', 'types("b", 7)'],
    check: 'typed != "bbaabababbaaba"',
    by: "check",
    end: "all",
    isLarge: true,
  },
];

const folder = resolve("test/fixtures/explore");

/** The path of a program in the language of a runner. */
export function exploredFile(runner: Pick<RunnerUnderTest, "extension">, name: string): string {
  return resolve(folder, name + runner.extension);
}

/** The line of a program that a comment marks as `at NAME`. */
export function lineAt(runner: RunnerUnderTest, program: string, name: string): number {
  const lines = readFileSync(exploredFile(runner, program), "utf8").split("\n");
  return lines.findIndex((line) => new RegExp(`(//|#) at ${name}$`).test(line)) + 1;
}
