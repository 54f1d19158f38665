/**
 * A trace as Chrome Trace Event JSON, for Perfetto and similar tools: tasks are threads, slices are complete events laid end
 * to end by their run time, or when they were where tasks ran at the same time, and the end of a task is an instant. A wait for a request is a span between slices of its task; one that never
 * ended has no end.
 */
import { type StepChunk, stepEvents } from "../trace/trace";
import { type EndedWait, StepWaits } from "../waiting/stepWaits";
import { ChunkTexts } from "./chunkTexts";
import {
  baseName,
  type Exported,
  nanosOf,
  type Piece,
  PrintedInTurn,
  type PrintedText,
  placeText,
  type Stretch,
  stretchesOf,
  taskName,
} from "./source";
import { Utf8Text, utf8 } from "./utf8";
import { holderNames, waitName } from "./waitTexts";

/** No thread may have this id, since a viewer would take that thread for the main thread of the process. */
const process = 100_000;

const yielded = stepEvents.indexOf("yielded");

/** The fraction of a number of microseconds, by its nanoseconds: `.5`, `.012`, or nothing. */
const fractions = Array.from({ length: 1_000 }, (_, nanos) =>
  nanos === 0 ? "" : `.${String(nanos).padStart(3, "0").replace(/0+$/, "")}`,
);
/** The fractions joined with the text that follows a slice's time and its duration: fewer pieces are faster to append. */
const behindTime = fractions.map((fraction) => utf8(`${fraction},"dur":`));
const behindDuration = fractions.map((fraction) => utf8(`${fraction},"args":{"step":`));

/** The JSON text of a whole run, piece by piece. */
export function* chromePieces(source: Exported): Generator<Piece> {
  const end = source.trace.length;
  const events = new ChromeEvents(source);
  yield { text: events.begin(), step: 0 };
  for (const stretch of stretchesOf(source, end)) yield { text: events.of(stretch), step: stretch.last };
  yield { text: events.end(), step: end };
}

/** Writes events in the order of the trace, separated by commas. */
class ChromeEvents {
  readonly #text = new Utf8Text();
  readonly #texts: ChunkTexts<Uint8Array>;
  /** For each task, the beginning of its slice events. */
  readonly #slices: Uint8Array[] = [];
  readonly #waits: StepWaits<{ readonly name: string; readonly heldBy: readonly string[] }>;
  #named = 0;
  /** The run time so far, in nanoseconds. */
  #now = 0;

  constructor(readonly source: Exported) {
    this.#texts = new ChunkTexts(
      source.trace.points,
      (value) => utf8(`,"event":"yielded","value":${JSON.stringify(value)}`),
      (point) => utf8(point ? `,"place":${JSON.stringify(placeText(point, source.file))}}}` : "}}"),
    );
    this.#waits = new StepWaits(source.waits, 1, (blocked, state) => {
      return { name: waitName(blocked, source), heldBy: holderNames(blocked, state, source) };
    });
  }

  begin(): string {
    const { file, output } = this.source;
    const loading = outputArgs(new PrintedInTurn(output.entries).of(0));
    const about = `"otherData":{"file":${JSON.stringify(baseName(file))}${loading}}`;
    return `{"displayTimeUnit":"ns",${about},"traceEvents":[\n${meta("process_name", 0, baseName(file))}${this.#names()}`;
  }

  of({ chunk, first, last, printed }: Stretch): Uint8Array {
    const prints = new PrintedInTurn(printed);
    this.#waits.refresh();
    for (let step = first; step <= last; step += 1) {
      this.#ended(this.#waits.before(step));
      this.#step(chunk, step, prints);
      this.#wait(step, chunk.task[step - chunk.first] as number);
    }
    return this.#text.take();
  }

  /** Ends the document. Tasks that were added during the export are named here. */
  end(): Uint8Array {
    this.#ended(this.#waits.before(Number.POSITIVE_INFINITY));
    this.#text.append(utf8(`${this.#names()}\n]}\n`));
    return this.#text.take();
  }

  #step(chunk: StepChunk, step: number, prints: PrintedInTurn): void {
    const text = this.#text;
    const index = step - chunk.first;
    const task = chunk.task[index] as number;
    const took = nanosOf(chunk.micros[index] as number);
    if (chunk.began) this.#now = nanosOf(chunk.began[index] as number);
    const [time, whole] = [Math.floor(this.#now / 1_000), Math.floor(took / 1_000)];
    text.append(this.#slices[task] ?? this.#slice(task));
    text.number(time);
    text.append(behindTime[this.#now - time * 1_000] as Uint8Array);
    text.number(whole);
    text.append(behindDuration[took - whole * 1_000] as Uint8Array);
    text.number(step);
    this.#args(chunk, index, prints.printed.length > 0 ? outputArgs(prints.of(step)) : "");
    this.#now += took;
    if (chunk.event[index] !== yielded) this.#instant(chunk, index);
  }

  /** The arguments of a slice after its step, and the end of the event. */
  #args(chunk: StepChunk, index: number, output: string): void {
    const text = this.#text;
    const value = chunk.value[index] as number;
    if (chunk.event[index] === yielded) text.append(this.#texts.value(chunk, value));
    else text.append(utf8(`,"event":"${eventOf(chunk, index)}","value":${JSON.stringify(chunk.values.at(value) ?? "")}`));
    if (output !== "") text.append(utf8(output));
    text.append(this.#texts.point(chunk.point[index] as number));
  }

  /** The instant event for the end of a task, at the end of its last slice. */
  #instant(chunk: StepChunk, index: number): void {
    const thread = (chunk.task[index] as number) + 1;
    const value = JSON.stringify(chunk.values.at(chunk.value[index] as number) ?? "");
    const head = `,\n{"ph":"i","s":"t","pid":${process},"tid":${thread},"name":"${eventOf(chunk, index)}","ts":`;
    this.#text.append(utf8(`${head}${microsText(this.#now)},"args":{"step":${chunk.first + index},"value":${value}}}`));
  }

  /** The ends of the waits that a step ended, and the begin of its own; all at the end of its slice. */
  #wait(step: number, task: number): void {
    const { waits, ended } = this.#waits.of(step, task);
    this.#ended(ended);
    if (!waits) return;
    const heldBy = waits.heldBy.length > 0 ? `,"heldBy":${JSON.stringify(waits.heldBy.join(", "))}` : "";
    this.#span("B", task, `,"name":${JSON.stringify(waits.name)},"cat":"wait","args":{"step":${step}${heldBy}}`);
  }

  #ended(waits: readonly EndedWait[]): void {
    for (const { task } of waits) this.#span("E", task, "");
  }

  #span(phase: "B" | "E", task: number, rest: string): void {
    this.#text.append(utf8(`,\n{"ph":"${phase}","pid":${process},"tid":${task + 1},"ts":${microsText(this.#now)}${rest}}`));
  }

  #slice(task: number): Uint8Array {
    const name = JSON.stringify(taskName(this.source, task));
    const head = utf8(`,\n{"ph":"X","pid":${process},"tid":${task + 1},"name":${name},"ts":`);
    this.#slices[task] = head;
    return head;
  }

  /** The names of tasks that were not named yet, in the order in which the tasks were added. */
  #names(): string {
    let text = "";
    const count = Math.max(this.source.tasks.length, this.#slices.length);
    for (; this.#named < count; this.#named += 1) {
      const thread = this.#named + 1;
      text += `,\n${meta("thread_name", thread, taskName(this.source, this.#named))}`;
      text += `,\n{"ph":"M","pid":${process},"tid":${thread},"ts":0,"name":"thread_sort_index","args":{"sort_index":${thread}}}`;
    }
    return text;
  }
}

function meta(what: string, thread: number, name: string): string {
  return `{"ph":"M","pid":${process},"tid":${thread},"ts":0,"name":"${what}","args":{"name":${JSON.stringify(name)}}}`;
}

function eventOf(chunk: StepChunk, index: number): string {
  return stepEvents[chunk.event[index] as number] ?? "yielded";
}

/** What a step printed, as additional arguments: one per stream. */
function outputArgs(printed: readonly PrintedText[]): string {
  let args = "";
  for (const stream of ["stdout", "stderr"] as const) {
    const pieces = printed.filter((each) => each.stream === stream);
    if (pieces.length === 0) continue;
    args += `,"${stream}":${JSON.stringify(pieces.map(({ text }) => text).join(""))}`;
    const dropped = pieces.reduce((sum, { dropped = 0 }) => sum + dropped, 0);
    if (dropped > 0) args += `,"${stream}Dropped":${dropped}`;
  }
  return args;
}

/** Whole nanoseconds as a decimal number of microseconds, without rounding. */
function microsText(nanos: number): string {
  const whole = Math.floor(nanos / 1_000);
  return whole + (fractions[nanos - whole * 1_000] ?? "");
}
