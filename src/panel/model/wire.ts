/**
 * The panel's end of the wire, over an injected `post`. Every request ends: it is answered, is refused, times out, or is
 * closed.
 */
import * as v from "valibot";
import type { Level, Question } from "../../core/timeline/level";
import { type FromPanel, type MarkedProperty, type Row, ToPanel, type View } from "../../protocol/panel";

/** The host cannot answer a request; its message says why. */
export class RefusedError extends Error {
  override name = "RefusedError";
}

/** The host did not answer in time. */
export class UnansweredError extends Error {
  override name = "UnansweredError";
  constructor(millis: number) {
    super(`No answer within ${millis / 1000} s. Restart the session if this stays.`);
  }
}

/** One page of a value's children. */
export interface Expanded {
  readonly properties: MarkedProperty[];
  readonly total: number;
}

/** Where what is not an answer goes. */
export interface Listener {
  view(view: View): void;
  /** Something that came does not fit the schema, and was dropped. */
  problem(message: string): void;
}

type Answer = Extract<ToPanel, { id: number }>;

interface Pending {
  settle(answer: Answer): void;
  fail(error: Error): void;
  timer: ReturnType<typeof setTimeout>;
}

/** Sends typed messages, matches answers to requests, and decodes whatever comes before anything sees it. */
export class Wire {
  private readonly pending = new Map<number, Pending>();
  private lastId = 0;

  /** @param timeout milliseconds until an unanswered request is rejected */
  constructor(
    private readonly post: (message: FromPanel) => void,
    private readonly listener: Listener,
    private readonly timeout = 10_000,
  ) {}

  /** Sends what needs no answer. */
  send(message: Exclude<FromPanel, { id: number }>): void {
    this.post(message);
  }

  /** Asks for `count` rows from a step on; rejects with `RefusedError` or `UnansweredError`. */
  async rows(from: number, count: number): Promise<Row[]> {
    return (await this.ask("rows", (id) => ({ type: "rows", id, from, count }))).rows;
  }

  /** Asks for the children of a value from number `start` on; rejects as `rows` does. */
  async expand(handle: number, start: number): Promise<Expanded> {
    return await this.ask("expanded", (id) => ({ type: "expand", id, handle, start }));
  }

  /** Asks what is seen of the run in a window of the timeline; rejects as `rows` does. */
  async timeline({ lanes, ...window }: Question): Promise<Level> {
    const question = { ...window, lanes: lanes.map((tasks) => [...tasks]) };
    return (await this.ask("timeline", (id) => ({ type: "timeline", id, question }))).level;
  }

  /** Asks something, which is answered by a reply of this type; rejects as `rows` does. */
  async ask<T extends Answer["type"]>(type: T, make: (id: number) => FromPanel): Promise<Extract<Answer, { type: T }>> {
    const answer = await this.request(make);
    if (isOf(answer, type)) return answer;
    throw new RefusedError(`The host answered with ${answer.type}, not with ${type}.`);
  }

  /** Takes whatever arrived. */
  receive(data: unknown): void {
    const decoded = v.safeParse(ToPanel, data);
    if (!decoded.success) {
      this.listener.problem(`A message was dropped: ${describe(decoded.issues)}`);
      return;
    }
    const message = decoded.output;
    if (message.type === "view") this.listener.view(message.view);
    else this.answer(message);
  }

  private answer(message: Answer): void {
    const pending = this.pending.get(message.id);
    if (!pending) return;
    this.pending.delete(message.id);
    clearTimeout(pending.timer);
    if (message.type === "refused") pending.fail(new RefusedError(message.message));
    else pending.settle(message);
  }

  private request(make: (id: number) => FromPanel): Promise<Answer> {
    this.lastId += 1;
    const id = this.lastId;
    return new Promise((settle, fail) => {
      const timer = setTimeout(() => {
        this.pending.delete(id);
        fail(new UnansweredError(this.timeout));
      }, this.timeout);
      this.pending.set(id, { settle, fail, timer });
      this.post(make(id));
    });
  }
}

function isOf<T extends Answer["type"]>(answer: Answer, type: T): answer is Extract<Answer, { type: T }> {
  return answer.type === type;
}

/** Where in the message the first misfit is, and what it is; short, since it may quote what came. */
function describe(issues: readonly v.BaseIssue<unknown>[]): string {
  const [issue] = issues;
  if (!issue) return "unknown reason";
  const path = issue.path?.map((item) => String(item.key)).join(".") ?? "";
  return `${path}: ${issue.message}`.slice(0, 300);
}
