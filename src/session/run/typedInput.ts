/**
 * Standard input that a person types. What was typed is kept as part of the output, and is given again where steps are made again.
 */
import { endOfInput } from "../../protocol/printed";
import type { RunnerEvent } from "../../protocol/runner";
import type { OutputLog } from "../seen/outputLog";

/** Who asks, and where. */
export type Asked = Extract<RunnerEvent, { event: "asks" }>;

/** Texts up to the ends of their lines, and the ends of inputs. */
const texts = new RegExp(`${endOfInput}|[^\\n${endOfInput}]*\\n`, "g");

/** What was typed up to a step, one text for each time that somebody asked. */
export function typedUpTo(step: number, { entries }: OutputLog): string[] {
  return entries.flatMap((entry) => (entry.stream === "stdin" && entry.step <= step ? (entry.text.match(texts) ?? []) : []));
}

/** The lines of a text, each with its end: runners expect that. */
function linesOf(text: string): string[] {
  const lines = text.replaceAll(endOfInput, "").split("\n");
  if (lines.at(-1) === "") lines.pop();
  return (lines.length > 0 ? lines : [""]).map((line) => `${line}\n`);
}

export class TypedInput {
  /** Who waits for an answer. */
  asked: Asked | undefined;
  /** Whether there is nothing more to read. */
  isOver = false;
  /** Whether something was typed that nobody had asked for, since not every way to read is seen. */
  isAhead = false;
  #again: string[] = [];

  /**
   * @param send gives the process something to read; without a text, there is nothing more
   * @param keep called with what was typed, or the end of the input
   */
  constructor(
    readonly send: (text?: string) => void,
    readonly keep: (text: string) => void = () => undefined,
  ) {}

  /** Answers with what was typed in another run, before anybody is asked. Without it, all of it can be read at once. */
  repeat(typed: string[], { isAhead = false } = {}): void {
    if (isAhead) for (const text of typed) this.#send(text);
    else this.#again = typed;
  }

  /** Must be called when user code asks. */
  ask(event: Asked): void {
    if (this.isOver) return;
    this.asked = event;
    this.#answer([]);
  }

  /** @param text a line, or several: each is given when somebody asks. Left out, there is nothing more to read */
  give(text?: string): void {
    if (this.isOver) return;
    if (text === undefined) this.#send(endOfInput);
    else if (this.asked) this.#answer(linesOf(text));
    else {
      this.isAhead = true;
      for (const line of linesOf(text)) this.#send(line);
    }
  }

  /** There is nothing to read, which nobody has typed. */
  close(): void {
    this.isOver = true;
    this.send();
  }

  /** @param lines to be given before those that were given earlier */
  #answer(lines: string[]): void {
    if (lines.length > 0) this.#again = [...lines, ...this.#again];
    const text = this.#again.shift();
    if (text !== undefined) this.#send(text);
  }

  #send(text: string): void {
    this.asked = undefined;
    this.isOver = text === endOfInput;
    this.keep(text);
    if (this.isOver) this.send();
    else this.send(text);
  }
}
