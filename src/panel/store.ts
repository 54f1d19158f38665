/**
 * What the panel knows: the last view, the rows at hand, the tree of the step. It holds no truth: the host sends a view,
 * the rest is asked for and may be forgotten.
 */
import { type Command, type FromPanel, maxRows, type Row, tailRows, type View } from "../protocol/panel";
import { Finding } from "./finding";
import { isLive, type Place, type Shown } from "./format";
import { RowCache } from "./rows";
import { ValueTree } from "./valueTree";
import { Wire } from "./wire";

/** Questions in flight at once; while a scrollbar is dragged the rest are dropped, and asked again where it stops. */
const maxAsking = 4;

/** Steps a second of the first slow run. */
const firstSpeed = 4;

/** What the store needs from the page. */
export interface StorePort {
  post(message: FromPanel): void;
  /** Something is to be drawn again. */
  changed(): void;
  /** Which tree nodes the user opened or closed, to be kept for the next time. */
  remember(toggled: string[]): void;
}

/** The one place that components read from, and the commands that they send. */
export class Store {
  view: Shown | undefined;
  readonly tree: ValueTree;
  readonly wire: Wire;
  readonly finding: Finding;
  /** The last step that list and timeline draw. While running it trails the head by one answer, instead of flickering. */
  shown = 0;
  /** Steps a second of a slow run: of the one that goes, or the next. */
  speed = firstSpeed;
  private readonly names = new Map<number, string>();
  private readonly rows = new RowCache();
  private asking = 0;
  private trailing = false;
  private run = 0;

  constructor(
    private readonly port: StorePort,
    toggled: readonly string[] = [],
  ) {
    this.wire = new Wire((message) => port.post(message), {
      view: (view) => this.show(view),
      problem: (message) => this.report(message),
    });
    this.finding = new Finding({
      wire: this.wire,
      cursor: () => this.cursor,
      select: (step) => this.select(step),
      changed: () => port.changed(),
      report: (message) => this.report(message),
    });
    this.tree = new ValueTree({ ...port, expand: (handle, start) => this.wire.expand(handle, start) }, toggled);
  }

  /** The step that list and timeline mark. */
  get cursor(): number {
    return this.view && isLive(this.view) ? this.shown : Math.min(this.view?.cursor ?? 0, this.shown);
  }

  /** The row of a step, if it is here. */
  row(step: number): Row | undefined {
    return this.rows.get(step);
  }

  /** Asks for what of these steps is missing. Cheap to call after every drawing. */
  need(from: number, to: number): void {
    if (this.asking >= maxAsking) return;
    for (const window of this.rows.take(from, Math.min(to, this.shown), this.shown)) void this.ask(window.from, window.count);
  }

  command(command: Command): void {
    this.wire.send({ type: "command", command });
  }

  /** Puts the cursor on a step, or on the nearest that there is. */
  select(step: number): void {
    if (!this.view || this.view.head === 0) return;
    this.wire.send({ type: "select", step: Math.min(Math.max(1, step), this.view.head) });
  }

  setUntil(until: View["until"]): void {
    this.wire.send({ type: "setUntil", until });
  }

  /** Says what needs no answer. */
  send(message: Parameters<Wire["send"]>[0]): void {
    this.wire.send(message);
  }

  /** Runs slowly; while that goes on, changes its speed. */
  walk(speed: number): void {
    this.speed = speed;
    this.wire.send({ type: "walk", speed });
    this.port.changed();
  }

  /** Opens a section that is closed, and closes an open one. */
  fold(section: string): void {
    this.tree.folds.toggle(section);
    this.port.changed();
  }

  /** Shows a place in the editor. */
  reveal({ file, line, column }: Place): void {
    this.wire.send({ type: "reveal", file, line, column });
  }

  /** Says to the host's log what could not be read or drawn. */
  report(message: string): void {
    console.error(message);
    this.wire.send({ type: "problem", message: message.slice(0, 500) });
  }

  private show(view: View): void {
    const another = this.isAnotherRun(view);
    if (another) {
      this.run += 1;
      this.rows.clear();
      this.names.clear();
      this.tree.clear();
      this.shown = 0;
    }
    for (const task of view.tasks) this.names.set(task.id, task.name);
    if (this.view?.speed === undefined) this.speed = view.speed ?? this.speed;
    this.view = { ...view, names: this.names };
    this.rows.put(view.now ? [...(view.rows ?? []), view.now] : (view.rows ?? []));
    if (view.status === "running") void this.trail(view.head);
    else this.shown = view.head;
    this.tree.show(view.detail, view.now?.event ?? "");
    if (another) this.finding.restart();
    else this.finding.viewed(view);
    this.port.changed();
  }

  /** Steps of a new run have the numbers of the old ones. */
  private isAnotherRun(view: View): boolean {
    if (!this.view || view.head < this.view.head) return true;
    return view.status === "loading" && this.view.status !== "loading";
  }

  /** While running, moves the drawn end only when its rows are here, one question at a time. */
  private async trail(head: number): Promise<void> {
    const from = Math.max(1, head - tailRows + 1);
    if (this.trailing) return;
    if (!this.rows.has(from, head)) {
      this.trailing = true;
      const came = await this.ask(from, head - from + 1);
      this.trailing = false;
      if (!came) return;
    }
    this.shown = Math.max(this.shown, head);
    this.port.changed();
    if (this.view?.status === "running" && this.view.head > head) void this.trail(this.view.head);
  }

  /** Whether rows came, and are of the run that is shown. */
  private async ask(from: number, count: number): Promise<boolean> {
    const { run } = this;
    this.asking += 1;
    try {
      const rows = await this.wire.rows(from, Math.min(count, maxRows));
      if (run === this.run) this.rows.put(rows);
      return run === this.run;
    } catch (error) {
      this.report(`Rows from step ${from} are missing: ${error instanceof Error ? error.message : String(error)}`);
      return false;
    } finally {
      this.asking -= 1;
      this.port.changed();
    }
  }
}
