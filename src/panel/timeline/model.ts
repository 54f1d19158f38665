/**
 * The current state of the timeline: window, lanes and levels of detail. It draws by itself, at most once per frame; the
 * page's elements are made again only when the user or the run comes to rest.
 */
import type { Axis } from "../../core/timeline/blocks";
import type { Level, Question } from "../../core/timeline/level";
import type { Moment } from "../../core/timeline/lives";
import type { View } from "../../protocol/panel";
import type { Shown } from "../text/format";
import { askForSeen, prepareSeen } from "./asking";
import { Detail } from "./detail";
import type { Surfaces } from "./draw";
import { Frames } from "./frames";
import { Glide } from "./glide";
import { firstOrder, type Lane, type LaneOrder, lanesOf } from "./laneOrder";
import { mostScrolled, type SeenLane, seenLanes } from "./laneRows";
import { drawModel } from "./scene";
import { Viewfinder } from "./viewfinder";

/** What the timeline needs of the panel. */
export interface TimelinePort {
  ask(question: Question): Promise<Level>;
  /** Whether the user is in the middle of a click, so that what only follows a run waits. */
  isQuiet(): boolean;
  /** Elements are to be made again. */
  changed(): void;
  report(message: string): void;
  /** What the user made of the lanes, to be kept for the next time. */
  remember(order: LaneOrder): void;
}

/** After so many milliseconds without a movement the text equivalents are made again. */
const restMillis = 150;

export class TimelineModel {
  readonly finder = new Viewfinder();
  lanes: readonly Lane[] = [];
  size = { width: 0, height: 0 };
  /** Where the cursor is dragged to, as a step. */
  dragged: number | undefined;
  surfaces: Surfaces = { lanes: null, ruler: null, overview: null };
  readonly detail: Detail;
  readonly glide = new Glide(this.finder, () => this.#moved());
  #view: Shown | undefined;
  #dropped = false;
  readonly #frames = new Frames(
    () => drawModel(this),
    (now) => {
      if (this.glide.step(now)) this.redraw();
    },
    () => {
      if (this.#view) askForSeen(this, this.#view);
    },
  );
  #scroll = 0;
  /** The session of which `order` is. */
  #session = 0;
  #rest: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly port: TimelinePort,
    public order: LaneOrder = firstOrder,
  ) {
    this.detail = new Detail(
      (question) => port.ask(question),
      () => this.#came(),
      (message) => port.report(`The timeline is incomplete: ${message}`),
    );
  }

  /** Where the trace ends, as far as it is known. */
  get end(): Moment {
    return { step: this.#view?.head ?? 0, micros: this.detail.micros };
  }

  /** Pixels that are scrolled away: no more than there are, whatever was seen before. */
  get scroll(): number {
    return Math.min(this.#scroll, mostScrolled(this.lanes, this.size.height));
  }

  /** The lanes that are seen. */
  get seen(): SeenLane[] {
    return seenLanes(this.lanes, this.scroll, this.size.height);
  }

  /** The steps that are seen, both ends included. */
  get steps(): { first: number; last: number } {
    const { span } = this.finder;
    const first = this.stepAt(span.from);
    return { first, last: Math.max(first, this.#existing(Math.ceil(this.#stepsTo(span.to)))) };
  }

  /** The step at the cursor, or where that is dragged to. */
  get cursor(): number {
    return this.dragged ?? this.#view?.cursor ?? 0;
  }

  /** Takes in what is about to be shown of the run, so that elements and pictures are of the same step. */
  update(view: Shown): void {
    if (view === this.#view) return;
    if (this.#view && this.#view.run !== view.run) this.#clear();
    if (this.#session !== view.session) this.#forgetOrder(view.session);
    const last = this.#view;
    this.#view = view;
    this.detail.advance();
    if (this.#dropped) this.dragged = undefined;
    this.lanes = lanesOf(this.order, view.names);
    this.finder.grow(this.end);
    const isStill = view.status !== "running" && last?.status !== "running";
    if (last && isStill && view.cursor !== last.cursor) this.#showCursor(view);
    this.redraw();
  }

  /** Gets ready what is drawn of a view that is about to be shown, where the window will go with its head. */
  prepare(view: View): Promise<void> | undefined {
    const isNext = this.#view?.run === view.run && this.#view.head < view.head;
    if (!isNext || !this.finder.follows || this.size.width === 0 || this.port.isQuiet()) return undefined;
    return prepareSeen(this, view);
  }

  /** Another run has the same steps. */
  #clear(): void {
    this.detail.clear();
    this.glide.stop();
    this.#view = undefined;
    this.dragged = undefined;
    this.finder.restart();
  }

  /** What was made of the lanes of other tasks. */
  #forgetOrder(session: number): void {
    this.#session = session;
    this.#scroll = 0;
    this.order = firstOrder;
    this.port.remember(firstOrder);
  }

  /** The lanes are scrolled so far. */
  scrolled(pixels: number): void {
    if (pixels === this.#scroll) return;
    this.#scroll = pixels;
    this.redraw();
    this.port.changed();
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

  /** Shows the same part of the run by step or by time. */
  turn(axis: Axis): void {
    if (axis === this.finder.axis) return;
    this.glide.stop();
    const from = this.finder.axis;
    this.finder.grow(this.end);
    this.finder.turn(axis, (position) => this.detail.translated(from, axis, position) ?? position);
    this.redraw();
    this.port.changed();
  }

  /** Zooms about the cursor where it is seen, else about the middle. */
  zoom(factor: number): void {
    const { from, to } = this.finder.span;
    const cursor = this.positionOf(this.cursor);
    const isSeen = cursor !== undefined && cursor >= from && cursor <= to;
    this.glide.zoom(factor, isSeen ? cursor : (from + to) / 2);
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
    return this.detail.translated("step", this.finder.axis, step);
  }

  /** The step whose slice holds a position on the axis. */
  stepAt(position: number): number {
    return this.#existing(Math.floor(this.#stepsTo(position)) + 1);
  }

  /** The step whose slice's end is nearest to a position on the axis. */
  stepBefore(position: number): number {
    return this.#existing(Math.round(this.#stepsTo(position)));
  }

  /** What the pixel stands for on the axis. */
  positionAt(x: number): number {
    const { from, to } = this.finder.span;
    return from + (x / Math.max(1, this.size.width)) * (to - from);
  }

  /** Draws in the next frame. */
  redraw(): void {
    this.#frames.request();
  }

  /** Draws what has changed at once: in the same frame as the elements that were made again. */
  paint(): void {
    this.#frames.paint();
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

  /** How many steps there are up to a position on the axis, as far as that is known. */
  #stepsTo(position: number): number {
    return this.detail.translated(this.finder.axis, "step", position) ?? position;
  }

  #existing(step: number): number {
    return Math.min(Math.max(1, step), Math.max(1, this.#view?.head ?? 1));
  }
}
