/**
 * The current state of the timeline: window, lanes and levels of detail. It draws by itself, at most once per frame. The page's elements
 * are rendered again only once the user's movement or the run has stopped.
 */
import { functionOf } from "../../core/task";
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
import { belowOf, firstOrder, type Lane, type LaneOrder, lanesOf } from "./laneOrder";
import { mostScrolled, type SeenLane, seenLanes } from "./laneRows";
import { drawModel } from "./scene";
import { Viewfinder } from "./viewfinder";

/** What the timeline needs from the panel. */
export interface TimelinePort {
  ask(question: Question): Promise<Level>;
  /** Whether a click is in progress, so that updates of an ongoing run wait. */
  isQuiet(): boolean;
  /** Requests that the elements are rendered again. */
  changed(): void;
  report(message: string): void;
  /** Whether the tasks of a function have lanes for what they delegate to. */
  showBelow(name: string, isShown: boolean): void;
  /** Saves the user's arrangement of the lanes. */
  remember(order: LaneOrder): void;
}

/** The text equivalents are rendered again after this many milliseconds without movement. */
const restMillis = 150;

export class TimelineModel {
  readonly finder = new Viewfinder();
  lanes: readonly Lane[] = [];
  size = { width: 0, height: 0 };
  /** The step that the cursor is being dragged to. */
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
  /** What the lanes were divided by when they were arranged. */
  #dividedAs = "";
  /** The session that `order` belongs to. */
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

  /** The end of the trace, as far as it is known. */
  get end(): Moment {
    return { step: this.#view?.head ?? 0, micros: this.detail.micros };
  }

  /** The scroll position in pixels, clamped to what can be scrolled. */
  get scroll(): number {
    return Math.min(this.#scroll, mostScrolled(this.lanes, this.size.height));
  }

  /** The visible lanes. */
  get seen(): SeenLane[] {
    return seenLanes(this.lanes, this.scroll, this.size.height);
  }

  /** The functions whose tasks have lanes for what they delegate to. */
  get below(): readonly string[] {
    return this.#view?.below ?? [];
  }

  /** The visible steps, both ends included. */
  get steps(): { first: number; last: number } {
    const { span } = this.finder;
    const first = this.stepAt(span.from);
    return { first, last: Math.max(first, this.#existing(Math.ceil(this.#stepsTo(span.to)))) };
  }

  /** The step at the cursor, or the one it is being dragged to. */
  get cursor(): number {
    return this.dragged ?? this.#view?.cursor ?? 0;
  }

  /** Takes the view that is about to be shown, so that elements and drawings are about the same step. */
  update(view: Shown): void {
    if (view === this.#view) return;
    if (this.#view && this.#view.run !== view.run) this.#clear();
    if (this.#session !== view.session) this.#forgetOrder(view.session);
    const last = this.#view;
    this.#view = view;
    this.detail.advance();
    if (this.#dropped) this.dragged = undefined;
    this.#arrange();
    this.finder.grow(this.end);
    const isStill = view.status !== "running" && last?.status !== "running";
    if (last && isStill && view.cursor !== last.cursor) this.#showCursor(view);
    this.redraw();
  }

  /** Loads what will be drawn for a view that is about to be shown, if the window follows its head. */
  prepare(view: View): Promise<void> | undefined {
    const isNext = this.#view?.run === view.run && this.#view.head < view.head;
    if (!isNext || !this.finder.follows || this.size.width === 0 || this.port.isQuiet()) return undefined;
    return prepareSeen(this, view);
  }

  /** Clears what belonged to the previous run: another run has the same step numbers. */
  #clear(): void {
    this.detail.clear();
    this.glide.stop();
    this.#view = undefined;
    this.dragged = undefined;
    this.finder.restart();
  }

  /** Forgets the lane arrangement when it belonged to other tasks. */
  #forgetOrder(session: number): void {
    this.#session = session;
    this.#scroll = 0;
    this.order = firstOrder;
    this.port.remember(firstOrder);
  }

  /** Called when the lanes were scrolled to a position in pixels. */
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
    this.#arrange();
    this.redraw();
    this.port.changed();
  }

  /** Whether a task has lanes for what it delegates to, if it does. */
  hasBelow(task: number): boolean {
    return this.below.includes(this.#functionOf(task));
  }

  /** Gives all tasks of a task's function lanes for what they delegate to, or none. */
  toggleBelow(task: number): void {
    this.port.showBelow(this.#functionOf(task), !this.hasBelow(task));
  }

  #functionOf(task: number): string {
    const row = this.#view?.tasks.find(({ id }) => id === task);
    return row ? functionOf(row) : "";
  }

  /** Shows the same part of the run on the other axis. */
  turn(axis: Axis): void {
    if (axis === this.finder.axis) return;
    this.glide.stop();
    const from = this.finder.axis;
    this.finder.grow(this.end);
    this.finder.turn(axis, (position) => this.detail.translated(from, axis, position) ?? position);
    this.redraw();
    this.port.changed();
  }

  /** Zooms about the cursor if it is visible, otherwise about the middle. */
  zoom(factor: number): void {
    const { from, to } = this.finder.span;
    const cursor = this.positionOf(this.cursor);
    const isSeen = cursor !== undefined && cursor >= from && cursor <= to;
    this.glide.zoom(factor, isSeen ? cursor : (from + to) / 2);
  }

  /** Draws the cursor where it is being dragged to, before the host confirms it. */
  dragTo(step: number): void {
    this.dragged = step;
    this.#dropped = false;
    this.redraw();
  }

  /** Called when the cursor is released: from now on the host's cursor is drawn again. */
  drop(): void {
    this.#dropped = true;
  }

  /** The end of a step's slice on the axis, if it is known. */
  positionOf(step: number): number | undefined {
    return this.detail.translated("step", this.finder.axis, step);
  }

  /** The step whose slice contains a position on the axis. */
  stepAt(position: number): number {
    return this.#existing(Math.floor(this.#stepsTo(position)) + 1);
  }

  /** The step whose slice ends nearest to a position on the axis. */
  stepBefore(position: number): number {
    return this.#existing(Math.round(this.#stepsTo(position)));
  }

  /** The position on the axis that a pixel stands for. */
  positionAt(x: number): number {
    const { from, to } = this.finder.span;
    return from + (x / Math.max(1, this.size.width)) * (to - from);
  }

  /** Schedules a draw in the next frame. */
  redraw(): void {
    this.#frames.request();
  }

  /** Draws pending changes immediately, in the same frame as the rendered elements. */
  paint(): void {
    this.#frames.paint();
  }

  /** Called when a level has arrived. While the window follows the head, it is drawn with the next view, which arrives shortly. */
  #came(): void {
    if (this.#dividedAs !== this.#divided) {
      this.#arrange();
      this.port.changed();
    }
    if (this.#view?.status !== "running" || !this.finder.follows) this.#moved();
  }

  /** Schedules a draw, and updates the text equivalents once nothing moves any more. */
  #moved(): void {
    this.redraw();
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.port.changed(), restMillis);
  }

  /** Delegates are only added, as long as the same functions are asked for. */
  get #divided(): string {
    const { kept } = this.detail.fine;
    return [kept?.level.below?.length ?? 0, ...(kept?.question.below ?? [])].join("\n");
  }

  #arrange(): void {
    this.#dividedAs = this.#divided;
    if (this.#view) this.lanes = lanesOf(this.order, this.#view.names, belowOf(this.detail.delegates));
  }

  #showCursor(view: Shown): void {
    const position = this.positionOf(view.cursor);
    if (view.cursor === view.head) {
      this.finder.follow();
    } else if (position !== undefined) this.finder.reveal(position);
  }

  /** The number of steps up to a position on the axis, as far as that is known. */
  #stepsTo(position: number): number {
    return this.detail.translated(this.finder.axis, "step", position) ?? position;
  }

  #existing(step: number): number {
    return Math.min(Math.max(1, step), Math.max(1, this.#view?.head ?? 1));
  }
}
