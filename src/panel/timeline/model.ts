/**
 * The timeline as it stands: window, lanes and levels of detail. It draws by itself, once a frame at most; the page's
 * elements are made again only when the user or the run comes to rest.
 */
import { type Axis, edge, lengthOf, translated } from "../../core/timeline/blocks";
import type { Level, Question } from "../../core/timeline/level";
import type { Moment } from "../../core/timeline/lives";
import type { Shown } from "../format";
import { themeColours } from "../theme";
import { sized } from "./canvasBrush";
import { drawLanes, drawOverview, drawRuler, overviewHeight, rulerHeight, type Scene } from "./draw";
import { Glide } from "./glide";
import { firstOrder, type Lane, type LaneOrder, lanesOf } from "./laneOrder";
import { laneHeight, pinnedHeight, type SeenLane, seenLanes } from "./laneRows";
import { type Kept, LevelKeeper } from "./levels";
import { Viewfinder } from "./viewfinder";
import * as viewport from "./viewport";

/** What the timeline needs of the panel. */
export interface TimelinePort {
  ask(question: Question): Promise<Level>;
  /** Elements are to be made again. */
  changed(): void;
  report(message: string): void;
  /** What the user made of the lanes, to be kept for the next time. */
  remember(order: LaneOrder): void;
}

/** The elements that are drawn on. */
export interface Surfaces {
  readonly lanes: HTMLCanvasElement | null;
  readonly ruler: HTMLCanvasElement | null;
  readonly overview: HTMLCanvasElement | null;
}

/** Lanes asked for above and below those that are seen. */
const lanesBeyond = 6;
/** Bands of the whole run. */
const mostBands = 12;
/** While running, the whole run is drawn anew no more often than this, in milliseconds. */
const overviewMillis = 400;
/** After so many milliseconds without a movement the text equivalents are made again. */
const restMillis = 150;

export class TimelineModel {
  readonly finder = new Viewfinder();
  lanes: readonly Lane[] = [];
  /** Pixels that are scrolled away. */
  scroll = 0;
  size = { width: 0, height: 0 };
  /** Where the cursor is dragged to, as a step. */
  dragged: number | undefined;
  surfaces: Surfaces = { lanes: null, ruler: null, overview: null };
  readonly fine: LevelKeeper;
  /** The whole run, for the lanes that are seen, and for all tasks in bands. */
  readonly coarse: LevelKeeper;
  readonly bands: LevelKeeper;
  readonly glide = new Glide((span) => this.#move(span));
  #view: Shown | undefined;
  #dropped = false;
  #frame = false;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #overviewAt = Number.NEGATIVE_INFINITY;

  constructor(
    readonly port: TimelinePort,
    public order: LaneOrder = firstOrder,
  ) {
    const keeper = () =>
      new LevelKeeper(
        (question) => port.ask(question),
        () => this.#came(),
        (message) => port.report(`The timeline is incomplete: ${message}`),
      );
    [this.fine, this.coarse, this.bands] = [keeper(), keeper(), keeper()];
  }

  /** Where the trace ends, as far as it is known. */
  get end(): Moment {
    const levels = [this.fine, this.coarse, this.bands].flatMap(({ kept }) => (kept ? [kept.level.end.micros] : []));
    return { step: this.#view?.head ?? 0, micros: Math.max(0, ...levels) };
  }

  /** The lanes that are seen. */
  get seen(): SeenLane[] {
    return seenLanes(this.lanes, this.scroll, this.size.height);
  }

  /** The steps that are seen, both ends included. */
  get steps(): { first: number; last: number } {
    const { axis, span } = this.finder;
    const first = this.stepAt(span.from);
    return { first, last: Math.max(first, this.#existing(Math.ceil(this.#translated(axis, "step", span.to)))) };
  }

  /** The step at the cursor, or where that is dragged to. */
  get cursor(): number {
    return this.dragged ?? this.#view?.cursor ?? 0;
  }

  /** Takes in what the host says of the run. */
  update(view: Shown): void {
    if (this.#view && isAnotherRun(this.#view, view)) this.#clear();
    const last = this.#view;
    this.#view = view;
    if (this.#dropped) this.dragged = undefined;
    this.lanes = lanesOf(this.order, view.names);
    this.finder.grow(this.end);
    const isStill = view.status !== "running" && last?.status !== "running";
    if (last && isStill && view.cursor !== last.cursor) this.#showCursor(view);
    this.redraw();
  }

  /** Another run has the same steps. */
  #clear(): void {
    for (const keeper of [this.fine, this.coarse, this.bands]) keeper.clear();
    this.#view = undefined;
    this.dragged = undefined;
    this.finder.restart();
  }

  resize(width: number, height: number): void {
    this.size = { width, height };
    this.finder.resize(width);
    this.redraw();
  }

  reorder(order: LaneOrder): void {
    this.order = order;
    this.port.remember(order);
    if (this.#view) this.lanes = lanesOf(order, this.#view.names);
    this.redraw();
    this.port.changed();
  }

  /** Shows a window at once. */
  show(span: viewport.Span): void {
    this.glide.stop();
    this.#move(span);
  }

  /** Shows the same part of the run by step or by time. */
  turn(axis: Axis): void {
    if (axis === this.finder.axis) return;
    this.glide.stop();
    const from = this.finder.axis;
    this.finder.grow(this.end);
    this.finder.turn(axis, (position) => this.#translated(from, axis, position));
    this.redraw();
    this.port.changed();
  }

  /** Zooms about the cursor where it is seen, else about the middle. */
  zoom(factor: number): void {
    const { span, room } = this.finder;
    const cursor = this.positionOf(this.cursor);
    const isSeen = cursor !== undefined && cursor >= span.from && cursor <= span.to;
    this.glide.to(viewport.zoomed(this.glide.target ?? span, factor, isSeen ? cursor : (span.from + span.to) / 2, room), span);
  }

  /** Pans by a part of the window. */
  pan(share: number): void {
    const { span, room } = this.finder;
    const target = this.glide.target ?? span;
    const most = viewport.most(room);
    const by = Math.min(most, Math.max(-most, (target.to - target.from) * share));
    this.glide.to(viewport.panned(target, by, room), span);
  }

  /** Shows the whole run. */
  showAll(): void {
    this.glide.to(viewport.whole(this.finder.room), this.finder.span);
  }

  /** Goes with the head again. */
  follow(): void {
    this.glide.to(this.finder.atEnd(), this.finder.span);
  }

  /** Draws the cursor where it is dragged to, before the host says that it is there. */
  dragTo(step: number): void {
    this.dragged = step;
    this.#dropped = false;
    this.redraw();
  }

  /** The cursor was let go: what the host says next counts again. */
  drop(): void {
    this.#dropped = true;
  }

  /** Where the slice of a step ends on the axis, as far as that is known. */
  positionOf(step: number): number | undefined {
    if (this.finder.axis === "step") return step;
    const kept = this.#kept("step", step);
    return kept && translated(kept.level.blocks, "step", "time", step);
  }

  /** The step whose slice holds a position on the axis. */
  stepAt(position: number): number {
    return this.#existing(Math.floor(this.#translated(this.finder.axis, "step", position)) + 1);
  }

  /** The step whose slice's end is nearest to a position on the axis. */
  stepBefore(position: number): number {
    return this.#existing(Math.round(this.#translated(this.finder.axis, "step", position)));
  }

  /** What the pixel stands for on the axis. */
  positionAt(x: number): number {
    const { from, to } = this.finder.span;
    return from + (x / Math.max(1, this.size.width)) * (to - from);
  }

  /** Draws in the next frame. */
  redraw(): void {
    if (this.#frame) return;
    this.#frame = true;
    requestAnimationFrame((now) => {
      this.#frame = false;
      if (this.glide.step(now)) this.redraw();
      this.#draw();
      this.#need(now);
    });
  }

  #move(span: viewport.Span): void {
    this.finder.show(span);
    this.#moved();
  }

  /** While the window goes with the head, what came is drawn with the next view: that has not long to come. */
  #came(): void {
    if (this.#view?.status !== "running" || !this.finder.follows) this.#moved();
  }

  /** Draws soon, and says in text what is seen once nothing moves any more. */
  #moved(): void {
    this.redraw();
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.port.changed(), restMillis);
  }

  #showCursor(view: Shown): void {
    const position = this.positionOf(view.cursor);
    if (view.cursor === view.head) {
      this.finder.follow();
    } else if (position !== undefined) this.finder.reveal(position);
  }

  #draw(): void {
    const { surfaces, size, finder } = this;
    if (size.width === 0) return;
    this.finder.grow(this.end);
    const colours = themeColours();
    const cursor = this.positionOf(this.cursor);
    const scene: Scene = {
      axis: finder.axis,
      span: finder.span,
      ...size,
      lanes: this.seen,
      laneHeight: laneHeight(this.lanes.length),
      fixed: pinnedHeight(this.lanes),
      cursor,
      colours,
    };
    const lanes = surfaces.lanes && sized(surfaces.lanes, size.width, size.height);
    if (lanes) drawLanes(lanes, scene, this.fine.kept, this.coarse.kept);
    const ruler = surfaces.ruler && sized(surfaces.ruler, size.width, rulerHeight);
    if (ruler) drawRuler(ruler, scene);
    const overview = surfaces.overview && sized(surfaces.overview, size.width, overviewHeight);
    const all = viewport.whole(finder.room);
    if (overview) drawOverview(overview, { ...scene, all, bands: this.#bandTasks() }, this.bands.kept);
    performance.clearMarks("yieldpoint:timeline");
    performance.mark("yieldpoint:timeline", { detail: { ...finder.span, axis: finder.axis } });
  }

  #need(now: number): void {
    const head = this.#view?.head ?? 0;
    const { axis, span, room } = this.finder;
    const { width, height } = this.size;
    if (head === 0 || width === 0) return;
    const lanes = seenLanes(this.lanes, this.scroll, height, lanesBeyond).map(({ lane }) => lane.tasks);
    this.fine.need({ axis, span, buckets: width, lanes, head, beyond: 0.5 });
    if (!this.finder.isLong) return;
    const isDue = this.#view?.status !== "running" || now - this.#overviewAt >= overviewMillis;
    if (!isDue) return;
    this.#overviewAt = now;
    const all = { axis, span: { from: 0, to: Math.max(room.end, 1) }, head, beyond: 0 };
    this.bands.need({ ...all, buckets: width / 2, lanes: this.#bandTasks() });
    this.coarse.need({ ...all, buckets: width / 2, lanes });
  }

  /** All tasks in a few bands, in the order of the lanes. */
  #bandTasks(): number[][] {
    const tasks = this.lanes.flatMap((lane) => lane.tasks);
    const count = Math.min(mostBands, tasks.length);
    return Array.from({ length: count }, (_, band) =>
      tasks.slice(Math.floor((band * tasks.length) / count), Math.floor(((band + 1) * tasks.length) / count)),
    );
  }

  #existing(step: number): number {
    return Math.min(Math.max(1, step), Math.max(1, this.#view?.head ?? 1));
  }

  #translated(from: Axis, to: Axis, position: number): number {
    if (from === to) return position;
    const kept = this.#kept(from, position);
    return kept ? translated(kept.level.blocks, from, to, position) : position;
  }

  /** The finest level that holds a position on an axis. */
  #kept(axis: Axis, position: number): Kept | undefined {
    const all = [this.fine.kept, this.coarse.kept, this.bands.kept].filter((kept) => kept !== undefined);
    return all.find(({ level: { blocks } }) => {
      return position >= edge(blocks, axis, 0) && position <= edge(blocks, axis, lengthOf(blocks));
    });
  }
}

function isAnotherRun(last: Shown, view: Shown): boolean {
  return view.head < last.head || (view.status === "loading" && last.status !== "loading");
}
