/**
 * The host's side of searching and statistics for the steps that `recorded.ts` makes. It is the real implementation, except for VS Code.
 */
import { type StepChunk, stepEvents } from "../../../src/core/trace/trace";
import { TraceStore } from "../../../src/core/trace/traceStore";
import type { FromPanel, ToPanel } from "../../../src/protocol/panel";
import { figuresOf } from "../../../src/session/analysis/statistics";
import { OutputLog } from "../../../src/session/seen/outputLog";
import type { RunRecord } from "../../../src/session/seen/runRecord";
import { Searching } from "../../../src/session/view/search";
import type { Viewed } from "../../../src/session/view/viewed";
import { answerRows } from "../browser";
import { row, view } from "../recorded";
import type { Answer } from "../runs";

/** A run of a number of steps, and the state of its panel. */
export class Host {
  readonly run: RunRecord;
  readonly #searching = new Searching();

  constructor(readonly head: number) {
    const trace = new TraceStore();
    const output = new OutputLog();
    trace.append(chunkTo(head));
    for (let step = 1; step <= head; step += 1) {
      const printed = row(step).output;
      if (printed) output.add(step, "stdout", printed);
    }
    const tasks = ["counter", "bogosort", "warmUp"].map((name, id) => ({ id, name, call: `${name}()` }));
    const added = tasks.map(() => ({ step: 0, point: undefined }));
    this.run = { trace, output, tasks, added } as unknown as RunRecord;
  }

  /** Replies as the extension does. */
  readonly answer: Answer = (message) => this.#replyTo(message);

  async #replyTo(message: FromPanel): Promise<ToPanel | undefined> {
    const viewed = { run: this.run, knownWhy: () => undefined } as Partial<Viewed> as Viewed;
    switch (message.type) {
      case "select":
        return { type: "view", view: view(this.head, { cursor: message.step }) };
      case "find":
        return { type: "found", id: message.id, found: await this.#searching.find(viewed, message.search, message.query) };
      case "matches": {
        const rows = await this.#searching.rows(viewed, message.search, message.from, message.count);
        return { type: "rows", id: message.id, rows };
      }
      case "match": {
        const match = this.#searching.match(viewed, message.search, message.step, message.toward);
        return { type: "match", id: message.id, match };
      }
      case "figures":
        return { type: "figures", id: message.id, figures: await figuresOf(this.run, message.upTo) };
      default:
        return await answerRows(this.head)(message);
    }
  }
}

function chunkTo(head: number): StepChunk {
  const rows = Array.from({ length: head }, (_, index) => row(index + 1));
  const values = [...new Set(rows.map(({ value }) => value))];
  return {
    first: 1,
    task: Uint16Array.from(rows, ({ task }) => task),
    event: Uint8Array.from(rows, ({ event }) => stepEvents.indexOf(event)),
    value: Uint16Array.from(rows, ({ value }) => values.indexOf(value)),
    point: new Uint16Array(head),
    micros: Float32Array.from(rows, ({ micros }) => micros),
    values,
  };
}
