/**
 * The panel's state: the last view, the cached rows, the tree of the step. It owns no data: the host sends the view; everything else is
 * requested and may be dropped.
 */
import { type Command, type FromPanel, maxRows, type Row, type TaskRow, tailRows, type View } from "../../protocol/panel";
import { isLive, type Place, type Shown, verb } from "../text/format";
import { AskedSteps } from "./asked";
import { asUsual, type ColumnChoices } from "./columnChoices";
import { RowCache } from "./rows";
import { RunCount } from "./runCount";
import { SearchState } from "./searchState";
import { type About, aboutOf, isSame, nothing } from "./shownTasks";
import { ValueTree } from "./valueTree";
import { Wire } from "./wire";

/** The maximum number of requests in flight. While a scrollbar is dragged, further requests are dropped, and sent again where it stops. */
const maxAsking = 4;

/** The initial speed of a slow run, in steps per second. */
const firstSpeed = 4;

/** What is typed in fields and not asked yet, by their names. */
export type Typed = Readonly<Record<string, string>>;

/** What the store needs from the page. */
export interface StorePort {
  post(message: FromPanel): void;
  /** Requests a redraw. */
  changed(): void;
  /** Saves which tree nodes the user opened or closed. */
  remember(toggled: string[]): void;
  /** Saves which tasks are shown, together with the tree nodes. */
  shows(about: About): void;
  /** Saves what is typed. */
  types(typed: Typed): void;
  /** Saves how the columns of the tasks are arranged. */
  arranges(columns: ColumnChoices): void;
  /** Loads whatever else is drawn for a view that is about to be shown; undefined if nothing is missing. */
  prepare(view: View): Promise<void> | undefined;
}

/** The single state that components read, and the commands that they send. */
export class Store {
  view: Shown | undefined;
  readonly tree: ValueTree;
  readonly wire: Wire;
  readonly finding: SearchState;
  readonly count: RunCount;
  /** Whether a task has waited in this run: only then is there a column for what it waits for. */
  hasWaited = false;
  /** The step that was selected in order to branch there. */
  branchAt: number | undefined;
  /** The speed of the current or the next slow run, in steps per second. */
  speed = firstSpeed;
  private names: ReadonlyMap<number, string> = new Map();
  private resources: ReadonlyMap<number, string> = new Map();
  private readonly rows = new RowCache();
  private readonly asked = new AskedSteps();
  private asking = 0;
  private run = -1;
  private isAnotherRun = true;
  private session = 0;
  /** The view received last. It may not be shown yet. */
  private latest: View | undefined;
  private last: View | undefined;
  private isCompleting = false;

  constructor(
    private readonly port: StorePort,
    toggled: readonly string[] = [],
    /** The tasks that the saved state belongs to. */
    private about: About = nothing,
    /** What is typed in the form of exploring. */
    private typedText: Typed = {},
    /** How the columns of the tasks are arranged. */
    public columns: ColumnChoices = asUsual,
  ) {
    this.wire = new Wire((message) => port.post(message), {
      view: (view) => this.take(view),
      problem: (message) => this.report(message),
    });
    this.finding = new SearchState({
      wire: this.wire,
      cursor: () => this.cursor,
      aim: () => this.aim,
      select: (step) => this.select(step),
      changed: () => port.changed(),
      report: (message) => this.report(message),
    });
    this.count = new RunCount(this.wire, () => port.changed());
    this.tree = new ValueTree({ ...port, expand: (handle, start) => this.wire.expand(handle, start) }, toggled);
  }

  /** The last step of the run. */
  get head(): number {
    return this.view?.head ?? 0;
  }

  /** The step that is marked in the list and the timeline. */
  get cursor(): number {
    return this.view?.cursor ?? 0;
  }

  /** Whether a newer view than the one that is shown has arrived: it is shown once everything visible for it has arrived, too. */
  get isBehind(): boolean {
    return this.latest !== this.last;
  }

  /** The step that the cursor moves to next, or the one where it is. A move by a number of steps starts there. */
  get aim(): number {
    return this.asked.last ?? this.cursor;
  }

  /** The row of a step, if it is cached. */
  row(step: number): Row | undefined {
    return this.rows.get(step);
  }

  /** Requests the missing rows of these steps. Cheap enough to call after every draw. */
  need(from: number, to: number): void {
    if (this.asking >= maxAsking) return;
    for (const window of this.rows.take(from, Math.min(to, this.head), this.head)) void this.ask(window.from, window.count);
  }

  command(command: Command): void {
    if (command === "toHead") this.asked.ask(this.head);
    else this.asked.clear();
    this.wire.send({ type: "command", command });
  }

  /** Moves the cursor to a step, or to the nearest existing one. */
  select(step: number): void {
    if (!this.view || this.view.head === 0) return;
    const existing = Math.min(Math.max(1, step), this.view.head);
    this.asked.ask(existing);
    this.wire.send({ type: "select", step: existing });
  }

  /** Moves the cursor by a number of steps; negative numbers move it back. */
  move(by: number): void {
    this.select(this.aim + by);
  }

  /** Goes to the step before another one, and offers to branch there. */
  branchBefore(step: number): void {
    this.branchAt = step - 1;
    this.select(step - 1);
  }

  setUntil(until: View["until"]): void {
    this.wire.send({ type: "setUntil", until });
  }

  /** Sends a message that needs no reply. */
  send(message: Parameters<Wire["send"]>[0]): void {
    this.wire.send(message);
  }

  get typed(): Typed {
    return this.typedText;
  }

  set typed(typed: Typed) {
    this.typedText = typed;
    this.port.types(typed);
  }

  arrange(columns: ColumnChoices): void {
    this.columns = columns;
    this.port.arranges(columns);
    this.port.changed();
  }

  /** Starts a slow run, or changes the speed of the current one. */
  walk(speed: number): void {
    this.speed = speed;
    this.wire.send({ type: "walk", speed });
    this.port.changed();
  }

  /** Opens a closed section, and closes an open one. */
  fold(section: string): void {
    this.tree.folds.toggle(section);
    this.port.changed();
  }

  /** Shows a place in the editor. */
  reveal({ file, line, column }: Place): void {
    this.wire.send({ type: "reveal", file, line, column });
  }

  /** Shows a task as it is at the step that is shown, and its place in the editor. While steps go by, only the place. */
  look({ id, threwAt, stack: [top] }: TaskRow): void {
    const { view } = this;
    if (view && !(isLive(view) && view.status === "running")) this.wire.send({ type: "look", task: id });
    const at = threwAt ?? top;
    if (at) this.wire.send({ type: "reveal", file: at.file, line: at.line, column: at.column, keepsFocus: true });
  }

  /** Writes to the host's log what could not be read or drawn. */
  report(message: string): void {
    console.error(message);
    this.wire.send({ type: "problem", message: message.slice(0, 500) });
  }

  /**
   * Takes a view from the host. It is shown once everything visible for it has arrived; otherwise parts of the page would be about
   * different steps.
   */
  private take(view: View): void {
    if (view.run !== this.run) this.begin(view.run);
    this.rows.put(view.now ? [...(view.rows ?? []), view.now] : (view.rows ?? []));
    this.latest = view;
    if (this.isCompleting && (view.status === "running" || this.count.lacks(view))) return;
    const missing = this.missingOf(view);
    if (missing.length === 0) this.show(view);
    else void this.complete(view, missing);
  }

  /** Pending requests for what a view lacks: its figures if they are visible and, during a run, its last rows and lanes. */
  private missingOf(view: View): Promise<void>[] {
    const figures = this.count.lacks(view) ? [this.count.count(view)] : [];
    if (view.status !== "running") return figures;
    const from = firstOfEnd(view);
    const rows = this.rows.has(from, view.head) ? [] : [this.ask(from, view.head - from + 1)];
    const lanes = this.port.prepare(view);
    return [...figures, ...rows, ...(lanes ? [lanes] : [])];
  }

  /** Shows a view once nothing is missing. One view at a time; newer ones wait. */
  private async complete(view: View, missing: readonly Promise<void>[]): Promise<void> {
    const { last } = this;
    this.isCompleting = true;
    await Promise.all(missing);
    this.isCompleting = false;
    const { latest } = this;
    if (!latest || latest === this.last) return;
    if (view.run === this.run && last === this.last) this.show(view);
    if (latest !== view) this.take(latest);
  }

  /** Clears the rows and values of the previous run: a new run has the same step numbers. */
  private begin(run: number): void {
    this.run = run;
    this.rows.clear();
    this.asked.clear();
    this.tree.clear();
    this.isAnotherRun = true;
    this.branchAt = undefined;
  }

  private show(view: View): void {
    this.last = view;
    this.asked.shown(view.cursor);
    this.recognise(view);
    this.resources = withResources(this.isAnotherRun ? new Map() : this.resources, view);
    this.hasWaited = (this.hasWaited && !this.isAnotherRun) || view.tasks.some(({ waits }) => waits);
    if (this.view?.speed === undefined) this.speed = view.speed ?? this.speed;
    this.view = { ...view, names: this.names, resources: this.resources, session: this.session };
    this.tree.show(view.detail, verbOf(view));
    this.count.show(view);
    if (this.isAnotherRun) this.finding.restart();
    else this.finding.viewed(view);
    this.isAnotherRun = false;
    this.port.changed();
  }

  /** Records which tasks are shown, and forgets state that belonged to other tasks. */
  private recognise(view: View): void {
    const about = aboutOf(view);
    const isOther = view.file !== "" && !isSame(this.about, about);
    if (isOther) {
      this.session += 1;
      this.tree.forget();
      this.finding.forgetTasks();
      this.typed = {};
    }
    if (isOther || about.names.length > this.about.names.length) {
      this.about = about;
      this.port.shows(about);
    }
    const known = isOther || this.isAnotherRun ? new Map<number, string>() : this.names;
    const fresh = view.tasks.filter(({ id, name }) => known.get(id) !== name);
    if (fresh.length > 0 || known !== this.names)
      this.names = new Map([...known, ...fresh.map(({ id, name }) => [id, name] as const)]);
  }

  private async ask(from: number, count: number): Promise<void> {
    const { run } = this;
    this.asking += 1;
    try {
      const rows = await this.wire.rows(from, Math.min(count, maxRows));
      if (run === this.run) this.rows.put(rows);
    } catch (error) {
      this.report(`Rows from step ${from} are missing: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      this.asking -= 1;
      this.port.changed();
    }
  }
}

/** What the task of the detail did last. */
function verbOf({ detail, now }: View): string {
  const { looked, value } = detail ?? {};
  if (!looked) return now ? verb(now) : "";
  return looked.event && value ? verb({ event: looked.event, value: value.text }) : "";
}

function withResources(known: ReadonlyMap<number, string>, { waiting }: View): ReadonlyMap<number, string> {
  const fresh = (waiting?.resources ?? []).filter(({ id, name }) => known.get(id) !== name);
  return fresh.length === 0 ? known : new Map([...known, ...fresh.map(({ id, name }) => [id, name] as const)]);
}

/** The first of the rows that are drawn during a run. */
function firstOfEnd({ head }: View): number {
  return Math.max(1, head - tailRows + 1);
}
