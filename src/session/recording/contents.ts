/**
 * The contents of a trace file other than its steps, as far as they can be read. Unreadable parts are reported and left out.
 */
import * as v from "valibot";
import type { YieldPoint } from "../../core/trace/trace";
import type { TraceStore } from "../../core/trace/traceStore";
import { decodeJson, FramingError } from "../../protocol/framing";
import { SessionStateError } from "../common/errors";
import { Differences } from "../seen/differences";
import { DriverLog } from "../seen/driverLog";
import { Inspections } from "../seen/inspections";
import { OutputLog } from "../seen/outputLog";
import { Scopes } from "../seen/scopes";
import { Sources } from "../seen/sources";
import { ThrowLog } from "../seen/throwLog";
import { WaitLog } from "../seen/waitLog";
import { WatchLog } from "../seen/watchLog";
import { ChangeList } from "./changeList";
import { type SectionKind, type SectionPlace, sectionKind } from "./format";
import type { Losses } from "./losses";
import { Changes, Drivers, Explored, Meta, Output, Points, Resources, Source } from "./schema";
import type { SectionFile } from "./sectionFile";
import { type Kind, SectionStore, seenKind, thrownKind, waitsKind, watchedKind } from "./sectionStore";

/** The maximum number of yield points, since steps refer to them with 16 bits. */
const maxPoints = 65_535;

/**
 * The maximum size of all sections of a kind together, more than the longest schedule that can be typed needs, and more than is saved of a
 * search. A damaged file could claim more than fits in memory.
 */
const maxBytes = 32 * 1024 * 1024;

export const lostOutcomes = "the outcomes of exploring";

/** How the loss of a JSON section is described to the user. */
const names = {
  meta: "the description of the trace",
  source: "a source text",
  points: "some yield points",
  changes: "some changes to the order",
  explored: lostOutcomes,
  output: "some of the output",
  seen: "some locals",
  watched: "some values of watches",
  thrown: "some errors that were thrown",
  resources: "some resources",
  waits: "parts of the wait log",
  drivers: "who resumed some of the tasks",
} satisfies Partial<Record<SectionKind, string>>;

export class Contents {
  readonly meta: Meta | undefined;
  readonly points: readonly YieldPoint[];
  readonly order: ChangeList;
  /** What a search has found, not decoded yet. */
  readonly explored: readonly unknown[];
  readonly output = new OutputLog();
  readonly sources = new Sources();
  readonly inspections: Inspections;
  readonly drivers = new DriverLog();
  readonly throws: ThrowLog;
  readonly waits: WaitLog;
  /** Data of single steps, read on demand. */
  readonly #stores: { readonly numbers: number[]; get(number: number): unknown }[] = [];
  readonly differences = new Differences((handle) => this.inspections.inside(handle));

  constructor(
    readonly file: SectionFile,
    readonly losses: Losses,
  ) {
    this.inspections = new Inspections(() => Promise.reject(notRecorded), this.#store(seenKind));
    this.throws = new ThrowLog(this.#store(thrownKind));
    this.meta = [...this.#each("meta", Meta)].at(-1);
    this.points = this.#points();
    this.waits = new WaitLog(this.#store(waitsKind));
    for (const { resources } of this.#each("resources", Resources)) this.waits.resources.push(...resources);
    // Reasons also need the names of tasks.
    this.order = new ChangeList(this.meta?.tasks.length ?? 0);
    this.#changes();
    this.explored = this.#isTooLong("explored") ? [] : [...this.#each("explored", Explored)].flat();
    this.#output();
    this.#drivers();
    for (const { file, text } of this.#each("source", Source)) this.sources.add(file, text);
  }

  /** The recorded values of watches, for the trace in the same file. @param file the session's file */
  watched(trace: TraceStore, file: string): WatchLog {
    return new WatchLog(
      new Scopes(
        trace,
        () => file,
        (step) => this.drivers.of(step),
      ),
      this.#store(watchedKind),
    );
  }

  /** Reads all data that is otherwise read on demand, in pieces, so that all damage is known. */
  *check(): Generator<void> {
    for (const store of this.#stores) {
      for (const number of store.numbers) {
        store.get(number);
        yield;
      }
    }
  }

  #store<Item>(kind: Kind<Item>): SectionStore<Item> {
    const store = new SectionStore(kind, this.file, () => this.losses.add(names[kind.name]));
    store.note(this.file.places);
    this.#stores.push(store);
    return store;
  }

  #points(): YieldPoint[] {
    const points: YieldPoint[] = [];
    for (const { first, points: some } of this.#each("points", Points)) {
      // If some are lost, the others keep their numbers.
      for (const [index, point] of some.entries()) {
        const number = first + index;
        if (number >= 1 && number <= maxPoints) points[number - 1] = point;
      }
    }
    return Array.from(points, (point) => point ?? lostPoint);
  }

  #changes(): void {
    if (!this.meta) {
      if (this.file.places.some(({ kind }) => kind === sectionKind.changes)) this.losses.add(names.changes);
      return;
    }
    if (this.#isTooLong("changes")) return;
    for (const changes of this.#each("changes", Changes)) {
      if (this.order.take(changes)) continue;
      this.losses.add(names.changes);
      return;
    }
  }

  /** Whether the sections of a kind are longer than they can be, which counts as their loss. */
  #isTooLong(kind: "changes" | "explored"): boolean {
    const bytes = this.#placesOf(kind).reduce((sum, { rawBytes }) => sum + rawBytes, 0);
    if (bytes > maxBytes) this.losses.add(names[kind]);
    return bytes > maxBytes;
  }

  #output(): void {
    for (const entries of this.#each("output", Output)) {
      for (const { step, stream, text, dropped } of entries) this.output.add(step, stream, text, dropped);
    }
    const { outputLost = 0, outputLostFrom } = this.meta ?? {};
    if (outputLost > 0) this.output.lose(outputLost, outputLostFrom);
  }

  /** If a section is lost, the numbers of later drivers are not known. */
  #drivers(): void {
    const places = this.#placesOf("drivers");
    const read = [...this.#each("drivers", Drivers)];
    if (read.length < places.length) return;
    for (const { drivers, first, by, times } of read) {
      this.drivers.add(drivers);
      this.drivers.note(first, by, times);
    }
  }

  *#each<S extends v.GenericSchema>(kind: keyof typeof names, schema: S): Iterable<v.InferOutput<S>> {
    for (const place of this.#placesOf(kind)) {
      const read = v.safeParse(schema, this.#json(place));
      if (read.success) yield read.output;
      else this.losses.add(names[kind]);
    }
  }

  /** The sections of a kind. Of what searches have found, only the last one counts, which has the highest number. */
  #placesOf(kind: SectionKind): SectionPlace[] {
    const places = this.file.places.filter((place) => place.kind === sectionKind[kind]);
    if (kind !== "explored") return places;
    const last = places.reduce((most, { number }) => Math.max(most, number), 0);
    return places.filter(({ number }) => number === last);
  }

  #json(place: SectionPlace): unknown {
    try {
      return decodeJson(this.file.content(place));
    } catch (error) {
      if (error instanceof FramingError) return undefined;
      throw error;
    }
  }
}

/** Replaces a lost yield point. */
const lostPoint: YieldPoint = { file: "", line: 1, column: 1, function: "" };

const notRecorded = new SessionStateError(
  "The content of this value was not recorded.",
  "Run the tasks again, and open the value when its step has run.",
);
