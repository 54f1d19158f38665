/**
 * The timeline's drawing: which steps fit, and the marks on a canvas. No DOM but the canvas it is given.
 */
import type { Row } from "../protocol/panel";

/** Pixels from one step to the next. */
export const slot = 9;
const axis = 22;
const mark = 7;

/** The steps that are drawn, both ends included; empty when `to` is 0. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * The last steps that fit, or those about the cursor where it is not among them.
 *
 * @param width pixels for the lanes
 */
export function spanOf(width: number, head: number, cursor: number): Span {
  const fits = Math.max(1, Math.floor(width / slot));
  if (cursor === 0 && head > fits) return { from: 1, to: fits };
  if (cursor > head - fits) return { from: Math.max(1, head - fits + 1), to: head };
  const from = Math.max(1, cursor - Math.floor(fits / 2));
  return { from, to: from + fits - 1 };
}

/** Pixels a lane: all lanes are seen as long as there are not too many. */
export function laneHeight(lanes: number): number {
  return Math.max(5, Math.min(26, Math.floor(208 / Math.max(1, lanes))));
}

/** How high the canvas is, in pixels. */
export function drawingHeight(lanes: number): number {
  return lanes * laneHeight(lanes) + axis;
}

/** What the drawing needs to know of the theme. */
export interface Colours {
  task(id: number): string;
  readonly line: string;
  readonly dim: string;
  readonly cursor: string;
  readonly returned: string;
  readonly threw: string;
  readonly font: string;
}

/** One picture. */
export interface Drawing {
  readonly span: Span;
  readonly cursor: number;
  /** Task ids, one a lane. */
  readonly lanes: readonly number[];
  readonly width: number;
  readonly colours: Colours;
  row(step: number): Row | undefined;
}

/** Draws everything again; the context is scaled to CSS pixels. */
export function draw(context: CanvasRenderingContext2D, drawing: Drawing): void {
  const { span, lanes, width, colours } = drawing;
  const height = laneHeight(lanes.length);
  context.clearRect(0, 0, width, drawingHeight(lanes.length));
  context.fillStyle = colours.line;
  lanes.forEach((_, lane) => {
    context.fillRect(0, (lane + 1) * height - 1, width, 1);
  });
  const laneOf = new Map(lanes.map((id, lane) => [id, lane]));
  for (let step = span.from; step <= span.to; step += 1) {
    const row = drawing.row(step);
    const lane = row && laneOf.get(row.task);
    if (row && lane !== undefined) drawStep(context, drawing, row, { x: (step - span.from) * slot, y: lane * height, height });
  }
  drawNumbers(context, drawing);
  drawCursor(context, drawing);
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

function drawStep(context: CanvasRenderingContext2D, { cursor, colours }: Drawing, row: Row, { x, y, height }: Box): void {
  const inset = height > 12 ? 5 : 1;
  context.globalAlpha = row.step === cursor ? 1 : 0.82;
  context.fillStyle = colours.task(row.task);
  context.beginPath();
  context.roundRect(x, y + inset, slot - 1.5, height - inset - (height > 12 ? 4 : 2), height > 12 ? 2 : 0);
  context.fill();
  context.globalAlpha = 1;
  const middle = y + height / 2;
  if (row.event === "returned") drawTriangle(context, colours.returned, x + slot, middle);
  else if (row.event === "threw") drawCross(context, colours.threw, x + slot + 1, middle);
}

function drawTriangle(context: CanvasRenderingContext2D, colour: string, x: number, y: number): void {
  context.fillStyle = colour;
  context.beginPath();
  context.moveTo(x, y - mark);
  context.lineTo(x + 5, y);
  context.lineTo(x, y + mark);
  context.fill();
}

function drawCross(context: CanvasRenderingContext2D, colour: string, x: number, y: number): void {
  context.strokeStyle = colour;
  context.lineWidth = 2;
  context.beginPath();
  context.moveTo(x, y - 3);
  context.lineTo(x + 6, y + 3);
  context.moveTo(x + 6, y - 3);
  context.lineTo(x, y + 3);
  context.stroke();
}

function drawNumbers(context: CanvasRenderingContext2D, { span, width, lanes, colours }: Drawing): void {
  context.font = colours.font;
  context.fillStyle = colours.dim;
  context.textBaseline = "alphabetic";
  const y = drawingHeight(lanes.length) - 5;
  const last = String(span.to);
  const lastWidth = context.measureText(last).width;
  const end = Math.min((span.to - span.from + 1) * slot, width);
  const lastLeft = Math.max(0, end - lastWidth);
  const every = Math.max(22, Math.ceil((lastWidth + 24) / slot));
  for (let step = span.from; step < span.to; step += every) {
    const x = (step - span.from) * slot;
    if (x + lastWidth + 12 < lastLeft) context.fillText(String(step), x, y);
  }
  context.fillText(last, lastLeft, y);
}

function drawCursor(context: CanvasRenderingContext2D, { span, cursor, lanes, colours, width }: Drawing): void {
  if (cursor < span.from - 1 || cursor > span.to) return;
  context.fillStyle = colours.cursor;
  const x = Math.min((cursor - span.from + 1) * slot, width - 2);
  context.fillRect(Math.max(0, x - 0.5), 0, 2, lanes.length * laneHeight(lanes.length) + 5);
}
