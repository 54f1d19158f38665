/**
 * Where the results of a run are stored: its steps, its output, and captured data. Data that does not fit in memory goes to the
 * trace's file.
 */
import type { Driver } from "../../core/trace/driver";
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

/** What the stores need from the run. */
export interface Storing {
  /** The session's file. */
  main(): string;
  /** Who resumed the task of a step in an observed program, if that is known. */
  driverAt(step: number): Driver | undefined;
  /** The children of a value, by the runner's handle. */
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

  /** @param file if it is kept, all data of the trace is written to it */
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
    this.watched = new WatchLog(
      new Scopes(
        this.trace,
        () => run.main(),
        (step) => run.driverAt(step),
      ),
      gave,
    );
    this.inspections = new Inspections((handle, start) => run.children(handle, start), seen);
    this.throws = new ThrowLog(threw);
    this.waits = new WaitLog(waited);
    this.differences = new Differences((handle) => this.inspections.inside(handle));
  }

  /** Why data cannot be written to disk. It stays in memory until it can. */
  get problem(): Error | undefined {
    const { trace, inspections, watched, throws, waits } = this;
    return [trace, inspections.store, watched.store, throws.store, waits.store].find((store) => store?.problem)?.problem;
  }

  /** Writes what could not be written before. Call this when there may be space again. */
  flush(): void {
    this.trace.flush();
    this.inspections.flush();
    this.watched.flush();
    this.throws.flush();
    this.waits.flush();
  }

  /**
   * Writes new data to the file, if the file is kept.
   *
   * @param subject the session that the run belongs to
   * @throws Error of the file system
   */
  checkpoint(subject: Recordable): void {
    this.#journal?.write(this.file, subject);
  }
}
