/**
 * Reads the text of a schedule. What it refuses, it refuses at a character.
 */
import type { Change } from "./changes";
import type { Picks, ScheduleItem } from "./scheduleItems";
import { ScheduleTokens, type Token } from "./scheduleTokens";
import type { TaskId } from "./task";

/** The text is no schedule. */
export class ScheduleTextError extends Error {
  override readonly name = "ScheduleTextError";

  /** @param position the character at which it goes wrong, counted from 1 */
  constructor(
    problem: string,
    readonly position: number,
    readonly remedy: string,
  ) {
    super(`At character ${position}: ${problem}`);
  }
}

/** Tasks are numbered with 16 bits. */
const lastTask = 65_535;
/** Picks that one plain stretch or one pair of parentheses may hold once its counts are written out. */
const mostPicks = 4_194_304;

/**
 * Reads a schedule: the items begin with its policy, as text, and the tasks that it adds.
 *
 * @throws ScheduleTextError where it cannot be read
 */
export function parseSchedule(text: string): ScheduleItem[] {
  const end = text.indexOf(";");
  if (end < 0 || text.slice(0, end).trim() === "") {
    throw new ScheduleTextError("a policy and a semicolon are missing.", 1, 'Begin with a policy, as in "round-robin; 0 1 0".');
  }
  return [{ kind: "policy", policy: text.slice(0, end).trim() }, ...new ScheduleParser(text, end + 1).items()];
}

class ScheduleParser {
  readonly #tokens: ScheduleTokens;
  #token: Token;
  readonly #items: ScheduleItem[] = [];
  #plain: TaskId[] = [];

  constructor(text: string, from: number) {
    this.#tokens = new ScheduleTokens(text, from);
    this.#token = this.#tokens.next();
  }

  items(): ScheduleItem[] {
    if (this.#token.kind === "string") this.#calls();
    while (this.#token.kind !== "end") this.#item();
    this.#flush();
    return this.#items;
  }

  #calls(): void {
    while (this.#token.kind === "string") this.#items.push({ kind: "add", call: this.#string() });
    this.#sign(";");
  }

  #item(): void {
    if (this.#token.kind === "number") {
      const { task, count } = this.#run();
      if (count === 1) this.#plain.push(task);
      else this.#add({ kind: "picks", picks: [task], times: count });
      if (this.#plain.length > mostPicks) this.#flush();
    } else if (this.#isSign("(")) this.#add(this.#group());
    else this.#add(this.#change());
  }

  #add(item: ScheduleItem): void {
    this.#flush();
    this.#items.push(item);
  }

  #flush(): void {
    if (this.#plain.length > 0) this.#items.push({ kind: "picks", picks: this.#plain, times: 1 });
    this.#plain = [];
  }

  #group(): Picks {
    this.#sign("(");
    const picks: TaskId[] = [];
    while (!this.#isSign(")")) {
      const { position } = this.#token;
      const { task, count } = this.#run();
      if (picks.length + count > mostPicks) this.#refuse("the parentheses hold too many picks.", "Split them.", position);
      for (let index = 0; index < count; index += 1) picks.push(task);
    }
    if (picks.length === 0) this.#refuse("the parentheses are empty.", "Put picks between them.");
    this.#sign(")");
    return { kind: "picks", picks, times: this.#times() };
  }

  #run(): { task: TaskId; count: number } {
    return { task: this.#task(), count: this.#isSign("*") ? this.#times() : 1 };
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
    return this.#refuse(`"${kind}" is no step.`, steps, position);
  }

  #value(): string {
    this.#sign("=");
    return this.#string();
  }

  #string(): string {
    const { kind, text, position } = this.#token;
    if (kind !== "string") this.#refuse("a text in quotes is missing.", 'Write it as in add="counter()".');
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

const steps = 'Write a task\'s number, (0 1)*500, !2, hold:2, release:2, throw:2="…", close:2, add="…" or policy="…".';
