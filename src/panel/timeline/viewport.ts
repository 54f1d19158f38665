/**
 * The window of the timeline: arithmetic on an axis that begins at 0, independent of pixels and of the DOM.
 */

/** The visible part of the axis. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The limits of a window. */
export interface Room {
  /** The end of the trace. */
  readonly end: number;
  /** The width of the narrowest window. */
  readonly least: number;
  /** The width of the initial window. A new run leaves the rest of it empty, instead of stretching a few steps over it. */
  readonly first: number;
}

/** The width of the widest window. */
export function most({ end, least, first }: Room): number {
  return Math.max(end, first, least);
}

/** The nearest window within the limits. */
export function clamped({ from, to }: Span, room: Room): Span {
  const width = Math.min(Math.max(to - from, room.least), most(room));
  const start = Math.min(Math.max(0, from), most(room) - width);
  return { from: start, to: start + width };
}

/** The window that shows the whole trace. */
export function whole(room: Room): Span {
  return { from: 0, to: most(room) };
}

/** A window of a given width at the end of the trace. */
export function tail(width: number, room: Room): Span {
  return clamped({ from: room.end - width, to: room.end }, room);
}

/**
 * Zooms; the position `at` stays where it is on the screen, unless a limit is reached.
 *
 * @param factor below 1 to zoom in
 */
export function zoomed({ from, to }: Span, factor: number, at: number, room: Room): Span {
  const width = Math.min(Math.max((to - from) * factor, room.least), most(room));
  const share = (at - from) / (to - from);
  return clamped({ from: at - share * width, to: at + (1 - share) * width }, room);
}

/** A window of the same width, moved by `by`. */
export function panned({ from, to }: Span, by: number, room: Room): Span {
  return clamped({ from: from + by, to: to + by }, room);
}

/** The nearest window in which a position is visible; if the window has to move, the position keeps a distance from its borders. */
export function showing(span: Span, position: number, room: Room): Span {
  if (position >= span.from && position <= span.to) return clamped(span, room);
  const half = (span.to - span.from) / 2;
  return clamped({ from: position - half, to: position + half }, room);
}

/** Whether the end of the trace is visible. */
export function isAtEnd(span: Span, { end }: Room): boolean {
  return span.to >= end - (span.to - span.from) * 1e-6;
}

/** Whether the whole trace is visible, and it is longer than the initial window. */
export function isWhole(span: Span, room: Room): boolean {
  const slack = (span.to - span.from) * 1e-6;
  return room.end > room.first && span.from <= slack && span.to >= room.end - slack;
}

/** Interpolates between two windows: 0 is the first, 1 the second. */
export function between(one: Span, other: Span, share: number): Span {
  const mix = (from: number, to: number) => from + (to - from) * share;
  return { from: mix(one.from, other.from), to: mix(one.to, other.to) };
}
