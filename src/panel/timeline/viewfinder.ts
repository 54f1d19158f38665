/**
 * Which part of the run the timeline shows, on which axis, and whether it follows the last step.
 */
import type { Axis } from "../../core/timeline/blocks";
import type { Moment } from "../../core/timeline/lives";
import * as viewport from "./viewport";

/** The initial number of pixels per step, until the user zooms. */
export const slot = 9;
/** The narrowest window: in steps, and in microseconds. */
const least = { step: 4, time: 0.5 };

export class Viewfinder {
  axis: Axis = "step";
  span: viewport.Span = { from: 0, to: 1 };
  /** Whether the end of the trace stays in view while it grows. */
  follows = true;
  #whole = false;
  #end: Moment = { step: 0, micros: 0 };
  #width = 0;

  get room(): viewport.Room {
    const end = this.axis === "step" ? this.#end.step : this.#end.micros;
    return { end, least: least[this.axis], first: this.axis === "step" ? Math.max(1, Math.floor(this.#width / slot)) : 0 };
  }

  /** Whether the run is longer than the window. */
  get isPart(): boolean {
    const { from, to } = this.span;
    return to - from < viewport.most(this.room) * (1 - 1e-9);
  }

  /** Whether the run is longer than the initial window, so that an overview is useful. */
  get isLong(): boolean {
    return this.isPart || this.#end.step > this.#width / slot;
  }

  /** Whether zooming by a factor would change the window. */
  isPossible(factor: number): boolean {
    const { from, to } = this.span;
    return factor > 1 ? this.isPart : (to - from) * 0.999 > this.room.least;
  }

  get isAtEnd(): boolean {
    return viewport.isAtEnd(this.span, this.room);
  }

  /** Called when the trace has grown or was replaced. */
  grow(end: Moment): void {
    this.#end = end;
    this.#adapt(this.span.to - this.span.from);
  }

  /** A copy as it will be once the trace has grown. */
  ahead(end: Moment): Viewfinder {
    const ahead = new Viewfinder();
    Object.assign(ahead, { axis: this.axis, span: this.span, follows: this.follows });
    ahead.#whole = this.#whole;
    ahead.#width = this.#width;
    ahead.grow(end);
    return ahead;
  }

  /** Called when the width changes. Steps keep their size, unless the whole run is shown. */
  resize(width: number): void {
    if (width <= 0 || width === this.#width) return;
    const first = this.#width === 0;
    const scale = this.axis === "step" && this.follows ? width / (this.#width || width) : 1;
    this.#width = width;
    this.#adapt(first ? this.room.first : (this.span.to - this.span.from) * scale);
  }

  /** Shows a window that the user chose. */
  show(span: viewport.Span): void {
    this.span = viewport.clamped(span, this.room);
    this.follows = this.isAtEnd;
    this.#whole = viewport.isWhole(this.span, this.room);
  }

  /** Moves the window so that a position is visible. */
  reveal(position: number): void {
    this.show(viewport.showing(this.span, position, this.room));
  }

  /** Follows the head again. */
  follow(): void {
    this.follows = true;
    this.#adapt(this.span.to - this.span.from);
  }

  /** Resets to the state at the beginning of a run, on the same axis. */
  restart(): void {
    this.follows = true;
    this.#whole = this.axis === "time";
    this.#end = { step: 0, micros: 0 };
    this.span = viewport.tail(this.room.first, this.room);
  }

  /** The window of the same width at the end of the trace. */
  atEnd(): viewport.Span {
    return viewport.tail(this.span.to - this.span.from, this.room);
  }

  /**
   * Shows the same part of the run on the other axis.
   *
   * @param translate converts a position from the current axis to the other one
   */
  turn(axis: Axis, translate: (position: number) => number): void {
    const { from, to } = this.span;
    const all = !this.isPart || this.#whole;
    const span = { from: translate(from), to: translate(Math.min(to, this.room.end)) };
    this.axis = axis;
    this.span = viewport.clamped(all ? viewport.whole(this.room) : span, this.room);
    this.#whole = all && (axis === "time" || this.room.end > this.room.first);
  }

  #adapt(width: number): void {
    if (!this.follows) this.span = viewport.clamped({ from: this.span.from, to: this.span.from + width }, this.room);
    else if (this.#whole) this.span = viewport.whole(this.room);
    else this.span = viewport.tail(width, this.room);
  }
}
