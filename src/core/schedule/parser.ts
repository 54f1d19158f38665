/**
 * Parses the text of a schedule. An error has the position of the character that cannot be parsed.
 */

import { cut } from "../printable";
import type { TaskId } from "../task";
import type { Change } from "./changes";
import { readHead } from "./headReader";
import type { Picks, Schedule, ScheduleItem } from "./items";
import { ScheduleTextError } from "./textError";
import { ScheduleTokens, type Token } from "./tokens";

/** Task numbers have 16 bits. */
const lastTask = 65_535;
/** The maximum length of a quoted text, with its escapes. */
const longestString = 1_048_576;
/** The maximum length of a word quoted in an error message. */
const longestWord = 40;

/**
 * Parses a schedule.
 *
 * @throws ScheduleTextError if the text cannot be parsed
 */
export function parseSchedule(text: string): Schedule {
  const { conditions, end } = readHead(text);
  return { ...conditions, items: itemsFrom(text, end) };
}

function itemsFrom(text: string, begin: number): ScheduleItem[] {
  if (text[begin] === '"') return new ScheduleParser(text, begin).all();
  const end = text.indexOf(";", begin);
  const policy = text.slice(begin, Math.max(begin, end)).trim();
  if (policy === "") {
    const remedy = 'Begin with a policy, as in "round-robin; 0 1 0".';
    throw new ScheduleTextError("a policy and a semicolon are missing.", begin + 1, remedy);
  }
  return [{ kind: "policy", policy }, ...new ScheduleParser(text, end + 1).items()];
}

/** Picks, and how many times in a row each of them runs. */
interface Runs {
  readonly picks: readonly TaskId[];
  readonly counts: readonly number[];
}

class ScheduleParser {
  readonly #tokens: ScheduleTokens;
  #token: Token;

  constructor(text: string, from: number) {
    this.#tokens = new ScheduleTokens(text, from);
    this.#token = this.#tokens.next();
  }

  /** The whole schedule, beginning with a policy that is quoted. */
  all(): ScheduleItem[] {
    const policy = this.#string();
    this.#sign(";");
    return [{ kind: "policy", policy }, ...this.items()];
  }

  items(): ScheduleItem[] {
    const items: ScheduleItem[] = this.#token.kind === "string" ? this.#calls() : [];
    while (this.#token.kind !== "end") items.push(this.#item());
    return items;
  }

  #calls(): ScheduleItem[] {
    const calls: ScheduleItem[] = [];
    while (this.#token.kind === "string") calls.push({ kind: "add", call: this.#string() });
    this.#sign(";");
    return calls;
  }

  #item(): ScheduleItem {
    if (this.#token.kind === "number")
      return picksOf(
        this.#runs(() => this.#token.kind !== "number"),
        1,
      );
    return this.#isSign("(") ? this.#group() : this.#change();
  }

  #group(): Picks {
    this.#sign("(");
    if (this.#isSign(")")) this.#refuse("the parentheses are empty.", "Put picks between them.");
    const runs = this.#runs(() => this.#isSign(")"));
    this.#sign(")");
    return picksOf(runs, this.#times());
  }

  /** One or more picks. Counts are not expanded: a single line of text could fill the memory. */
  #runs(isOver: () => boolean): Runs {
    const picks = [this.#task()];
    const counts = [this.#count()];
    while (!isOver()) {
      picks.push(this.#task());
      counts.push(this.#count());
    }
    return { picks, counts };
  }

  #count(): number {
    return this.#isSign("*") ? this.#times() : 1;
  }

  #times(): number {
    this.#sign("*");
    return this.#number(1, Number.MAX_SAFE_INTEGER, "a count");
  }

  #change(): Change {
    if (this.#isSign("!")) {
      this.#sign("!");
      const task = this.#task();
      return { kind: "pick", task, ...(this.#isSign("=") ? { send: this.#value() } : {}) };
    }
    const { text: kind, position } = this.#token;
    const isWord = this.#token.kind === "word";
    if (isWord && (kind === "policy" || kind === "add")) {
      this.#next();
      return kind === "add" ? { kind, call: this.#value() } : { kind, policy: this.#value() };
    }
    if (isWord && (kind === "hold" || kind === "release" || kind === "close" || kind === "throw")) {
      this.#next();
      this.#sign(":");
      const task = this.#task();
      return kind === "throw" ? { kind, task, expression: this.#value() } : { kind, task };
    }
    return this.#refuse(`"${cut(kind, longestWord)}" is no step.`, steps, position);
  }

  #value(): string {
    this.#sign("=");
    return this.#string();
  }

  #string(): string {
    const { kind, text, position } = this.#token;
    if (kind !== "string") this.#refuse("a text in quotes is missing.", 'Write it as in add="counter()".');
    if (text.length > longestString)
      this.#refuse("the text in quotes is too long.", "Put the code into the file, and call it here.");
    this.#next();
    try {
      return JSON.parse(text) as string;
    } catch {
      return this.#refuse("the text in quotes is not written as in JSON.", 'Escape it as in "a \\"quoted\\" word".', position);
    }
  }

  #task(): TaskId {
    return this.#number(0, lastTask, "the number of a task");
  }

  #number(least: number, most: number, what: string): number {
    const { kind, text } = this.#token;
    const number = kind === "number" ? Number(text) : Number.NaN;
    if (!(number >= least && number <= most)) this.#refuse(`${what} is missing.`, `Use a whole number from ${least} to ${most}.`);
    this.#next();
    return number;
  }

  #isSign(text: string): boolean {
    return this.#token.kind === "sign" && this.#token.text === text;
  }

  #sign(text: string): void {
    if (!this.#isSign(text)) this.#refuse(`"${text}" is missing.`, `Write "${text}" here.`);
    this.#next();
  }

  #next(): void {
    this.#token = this.#tokens.next();
  }

  #refuse(problem: string, remedy: string, position = this.#token.position): never {
    throw new ScheduleTextError(problem, position, remedy);
  }
}

function picksOf({ picks, counts }: Runs, times: number): Picks {
  return counts.every((count) => count === 1) ? { kind: "picks", picks, times } : { kind: "picks", picks, counts, times };
}

const steps = 'Write a task\'s number, (0 1)*500, !2, hold:2, release:2, throw:2="…", close:2, add="…" or policy="…".';
