/**
 * Where the results of a run are stored: its steps, its output, and what was captured at them. What does not fit in memory
 * goes to the trace's file.
 */
import { TraceStore } from "../../core/trace/traceStore";
import type { Answer } from "../../protocol/runner";
import { Journal } from "../recording/journal";
import type { Recordable } from "../recording/recordable";
import { SectionStore, seenKind, thrownKind, waitsKind, watchedKind } from "../recording/sectionStore";
import type { TraceFile } from "../recording/traceFile";
import { Differences } from "../seen/differences";
import { Inspections } from "../seen/inspections";
import { OutputLog } from "../seen/outputLog";
import { Scopes } from "../seen/scopes";
import { ThrowLog } from "../seen/throwLog";
import { WaitLog } from "../seen/waitLog";
import { WatchLog } from "../seen/watchLog";

/** What there is to ask of the run. */
export interface Storing {
  /** The session's file. */
  main(): string;
  /** The children of one of the runner's handles. */
  children(handle: number, start: number): Promise<Answer<"expand">>;
}

export class RunStores {
  readonly trace: TraceStore;
  readonly output: OutputLog;
  readonly inspections: Inspections;
  readonly differences: Differences;
  readonly watched: WatchLog;
  readonly throws: ThrowLog;
  readonly waits: WaitLog;
  readonly #journal: Journal | undefined;

  /** @param file where it is to be kept, all that belongs to the trace */
  constructor(
    readonly file: TraceFile,
    run: Storing,
  ) {
    const seen = new SectionStore(seenKind, file);
    const gave = new SectionStore(watchedKind, file);
    const threw = new SectionStore(thrownKind, file);
    const waited = new SectionStore(waitsKind, file);
    const journal = file.life === "kept" ? new Journal({ seen, gave, threw, waited }) : undefined;
    this.#journal = journal;
    this.trace = new TraceStore(file);
    this.output = new OutputLog(undefined, (entry) => journal?.printed(entry));
    this.watched = new WatchLog(new Scopes(this.trace, () => run.main()), gave);
    this.inspections = new Inspections((handle, start) => run.children(handle, start), seen);
    this.throws = new ThrowLog(threw);
    this.waits = new WaitLog(waited);
    this.differences = new Differences((handle) => this.inspections.inside(handle));
  }

  /** Why something cannot be written to disk; it is in memory until it can. */
  get problem(): Error | undefined {
    const { trace, inspections, watched, throws, waits } = this;
    return [trace, inspections.store, watched.store, throws.store, waits.store].find((store) => store?.problem)?.problem;
  }

  /** Writes what could not be written before. To be called when there may be space again. */
  flush(): void {
    this.trace.flush();
    this.inspections.flush();
    this.watched.flush();
    this.throws.flush();
    this.waits.flush();
  }

  /**
   * Writes what is new to the file, where it is kept.
   *
   * @param subject what the run is part of
   * @throws Error of the file system
   */
  checkpoint(subject: Recordable): void {
    this.#journal?.write(this.file, subject);
  }
}
