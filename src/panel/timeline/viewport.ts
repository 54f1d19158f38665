/**
 * The window of the timeline: arithmetic on an axis that begins at 0, independent of pixels and of the page.
 */

/** The part of the axis that is seen. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** How far a window may reach. */
export interface Room {
  /** Where the trace ends. */
  readonly end: number;
  /** The narrowest window. */
  readonly least: number;
  /** The window of a run that just begins: what is not there yet is left empty, instead of stretching a few steps. */
  readonly first: number;
}

/** The widest window. */
export function most({ end, least, first }: Room): number {
  return Math.max(end, first, least);
}

/** The nearest window within the room, as wide as it can be. */
export function clamped({ from, to }: Span, room: Room): Span {
  const width = Math.min(Math.max(to - from, room.least), most(room));
  const start = Math.min(Math.max(0, from), most(room) - width);
  return { from: start, to: start + width };
}

/** Everything there is. */
export function whole(room: Room): Span {
  return { from: 0, to: most(room) };
}

/** A window of some width whose end is the end of the trace. */
export function tail(width: number, room: Room): Span {
  return clamped({ from: room.end - width, to: room.end }, room);
}

/**
 * Another scale; what is at `at` stays where it is, unless the room ends.
 *
 * @param factor below 1 to see more closely
 */
export function zoomed({ from, to }: Span, factor: number, at: number, room: Room): Span {
  const width = Math.min(Math.max((to - from) * factor, room.least), most(room));
  const share = (at - from) / (to - from);
  return clamped({ from: at - share * width, to: at + (1 - share) * width }, room);
}

/** As wide as before, somewhere else. */
export function panned({ from, to }: Span, by: number, room: Room): Span {
  return clamped({ from: from + by, to: to + by }, room);
}

/** A window that shows a position, moved no further than it must; well within where it must move at all. */
export function showing(span: Span, position: number, room: Room): Span {
  if (position >= span.from && position <= span.to) return clamped(span, room);
  const half = (span.to - span.from) / 2;
  return clamped({ from: position - half, to: position + half }, room);
}

/** Whether the end of the trace is seen. */
export function isAtEnd(span: Span, { end }: Room): boolean {
  return span.to >= end - (span.to - span.from) * 1e-6;
}

/** Whether the whole trace is seen, and more than the room of one that just begins. */
export function isWhole(span: Span, room: Room): boolean {
  const slack = (span.to - span.from) * 1e-6;
  return room.end > room.first && span.from <= slack && span.to >= room.end - slack;
}

/** Between two windows, as a movement passes them: 0 is the first, 1 the second. */
export function between(one: Span, other: Span, share: number): Span {
  const mix = (from: number, to: number) => from + (to - from) * share;
  return { from: mix(one.from, other.from), to: mix(one.to, other.to) };
}
