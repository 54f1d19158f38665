/**
 * The panel's end of the wire, over an injected `post`. Every request ends: it is answered, refused, times out, or is closed.
 */
import * as v from "valibot";
import type { Level, Question } from "../../core/timeline/level";
import { type FromPanel, type Row, ToPanel, type View, type ViewMessage } from "../../protocol/panel";
import type { MarkedProperty } from "../../protocol/stepDetail";
import { HeldTasks } from "./heldTasks";

/** The host cannot answer a request; the message says why. */
export class RefusedError extends Error {
  override name = "RefusedError";
}

/** The host did not answer in time. */
export class UnansweredError extends Error {
  override name = "UnansweredError";
  constructor(millis: number) {
    super(`No answer within ${millis / 1000} s. Restart the session if this keeps happening.`);
  }
}

/** One page of a value's children. */
export interface Expanded {
  readonly properties: MarkedProperty[];
  readonly total: number;
}

/** Receives every message that is not a reply. */
export interface Listener {
  view(view: View): void;
  /** A message does not match the schema, and was dropped. */
  problem(message: string): void;
}

type Answer = Extract<ToPanel, { id: number }>;

interface Pending {
  settle(answer: Answer): void;
  fail(error: Error): void;
  timer: ReturnType<typeof setTimeout>;
}

/** Sends typed messages, matches replies to requests, and decodes every incoming message before anything else sees it. */
export class Wire {
  private readonly pending = new Map<number, Pending>();
  private readonly tasks = new HeldTasks();
  private lastId = 0;

  /** @param timeout milliseconds until an unanswered request is rejected */
  constructor(
    private readonly post: (message: FromPanel) => void,
    private readonly listener: Listener,
    private readonly timeout = 10_000,
  ) {}

  /** Sends a message that needs no reply. */
  send(message: Exclude<FromPanel, { id: number }>): void {
    this.post(message);
  }

  /** Requests `count` rows from step `from` on. Rejects with `RefusedError` or `UnansweredError`. */
  async rows(from: number, count: number): Promise<Row[]> {
    return (await this.ask("rows", (id) => ({ type: "rows", id, from, count }))).rows;
  }

  /** Requests the children of a value from number `start` on. Rejects as `rows` does. */
  async expand(handle: number, start: number): Promise<Expanded> {
    return await this.ask("expanded", (id) => ({ type: "expand", id, handle, start }));
  }

  /** Requests the visible part of the run for a window of the timeline. Rejects as `rows` does. */
  async timeline({ lanes, within, below, ...window }: Question): Promise<Level> {
    const divided = { ...(within ? { within: [...within] } : {}), ...(below ? { below: [...below] } : {}) };
    const question = { ...window, lanes: lanes.map((tasks) => [...tasks]), ...divided };
    return (await this.ask("timeline", (id) => ({ type: "timeline", id, question }))).level;
  }

  /** Requests what a task waited for after a step, as sentences. Rejects as `rows` does. */
  async waited(step: number, task: number): Promise<string[]> {
    return (await this.ask("waited", (id) => ({ type: "waited", id, step, task }))).told;
  }

  /** Sends a request whose reply has the given type. Rejects as `rows` does. */
  async ask<T extends Answer["type"]>(type: T, make: (id: number) => FromPanel): Promise<Extract<Answer, { type: T }>> {
    const answer = await this.request(make);
    if (isOf(answer, type)) return answer;
    throw new RefusedError(`The host replied with ${answer.type} instead of ${type}.`);
  }

  /** Handles an incoming message. */
  receive(data: unknown): void {
    const decoded = v.safeParse(ToPanel, data);
    if (!decoded.success) {
      this.listener.problem(`A message was dropped: ${describe(decoded.issues)}`);
      return;
    }
    const message = decoded.output;
    if (message.type === "view") this.view(message);
    else this.answer(message);
  }

  /** If a view got lost, the host sends it again as a whole. */
  private view(message: ViewMessage): void {
    const view = this.tasks.complete(message);
    if (view) this.listener.view(view);
    else this.post({ type: "ready" });
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

/** Where the message first differs from the schema, and how. Shortened, since it may quote the message. */
function describe(issues: readonly v.BaseIssue<unknown>[]): string {
  const [issue] = issues;
  if (!issue) return "unknown reason";
  const path = issue.path?.map((item) => String(item.key)).join(".") ?? "";
  return `${path}: ${issue.message}`.slice(0, 300);
}
