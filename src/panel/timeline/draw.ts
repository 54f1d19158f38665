/**
 * Draws the parts of the timeline: the lanes, the ruler below them, and the overview of the whole run.
 */
import { type Axis, endOf } from "../../core/timeline/blocks";
import { type Ink, type LaneRow, paintLanes, type Scale, xOf } from "../../core/timeline/paint";
import { ticksOf } from "../../core/timeline/ticks";
import type { Colours } from "../common/theme";
import { brushOf, sized } from "./canvasBrush";
import type { Detail } from "./detail";
import { bandsOf, type Lane } from "./laneOrder";
import type { SeenLane } from "./laneRows";
import { type Kept, laneId } from "./levels";
import type { Span } from "./viewport";

/** The height of the ruler, in pixels. */
const rulerHeight = 22;
/** The height of the overview, in pixels. */
const overviewHeight = 34;

/** The canvases to draw on. */
export interface Surfaces {
  readonly lanes: HTMLCanvasElement | null;
  readonly ruler: HTMLCanvasElement | null;
  readonly overview: HTMLCanvasElement | null;
}

/** What is drawn. */
export interface Scene {
  readonly axis: Axis;
  readonly span: Span;
  /** The whole run on the axis. */
  readonly whole: Span;
  readonly width: number;
  readonly height: number;
  /** All lanes. */
  readonly all: readonly Lane[];
  readonly lanes: readonly SeenLane[];
  readonly laneHeight: number;
  /** The height of the lanes that do not scroll, in pixels. */
  readonly fixed: number;
  /** The cursor on the axis; undefined while its position is not known. */
  readonly cursor: number | undefined;
  readonly colours: Colours;
}

/** Draws every part that has a canvas, from the levels that are loaded. */
export function drawPictures(surfaces: Surfaces, scene: Scene, { fine, coarse, bands }: Detail): void {
  const { width, height } = scene;
  const lanes = surfaces.lanes && sized(surfaces.lanes, width, height);
  if (lanes) drawLanes(lanes, scene, fine.kept, coarse.kept);
  const ruler = surfaces.ruler && sized(surfaces.ruler, width, rulerHeight);
  if (ruler) drawRuler(ruler, scene);
  const overview = surfaces.overview && sized(surfaces.overview, width, overviewHeight);
  if (overview) drawOverview(overview, scene, bands.kept);
}

/**
 * Draws the lanes.
 *
 * @param fine the level of the window, if it is loaded
 * @param coarse the level of the whole run, for the parts that `fine` does not cover
 */
function drawLanes(context: CanvasRenderingContext2D, scene: Scene, fine?: Kept, coarse?: Kept): void {
  const { lanes, fixed, height, width, span } = scene;
  const brush = brushOf(context, scene.colours);
  drawLines(context, scene);
  const scale = { ...span, width };
  const known = fine ? knownPart(fine, scene.axis, scale) : { left: 0, right: 0 };
  for (const part of [lanes.filter(({ lane }) => lane.kind === "pinned"), lanes.filter(({ lane }) => lane.kind !== "pinned")]) {
    const top = part[0]?.lane.kind === "pinned" ? 0 : fixed;
    const draw = (kept: Kept | undefined, left: number, right: number) => {
      if (!kept || right <= left) return;
      context.save();
      context.beginPath();
      context.rect(left, top, right - left, height - top);
      context.clip();
      paintLanes(brush, { ...kept.level, axis: scene.axis }, kept.order, scale, rowsOf(kept, part, scene.laneHeight));
      context.restore();
    };
    draw(coarse, -8, known.left);
    draw(coarse, known.right, width + 8);
    draw(fine, known.left, known.right);
  }
  drawCursor(context, scene);
}

/** The range that a level covers, in pixels; at the ends of the run it extends beyond the canvas, since there is nothing more. */
function knownPart({ question, level }: Kept, axis: Axis, scale: Scale): { left: number; right: number } {
  if (question.axis !== axis) return { left: -8, right: scale.width + 8 };
  const isEnd = question.to >= endOf(level.blocks, axis) && level.blocks.first.at(-1) === level.end.step + 1;
  const left = question.from <= 0 ? -8 : xOf(scale, question.from);
  return { left, right: isEnd ? scale.width + 8 : xOf(scale, question.to) };
}

function rowsOf(kept: Kept, lanes: readonly SeenLane[], height: number): LaneRow[] {
  return lanes.flatMap(({ lane, y }) => {
    const key = kept.lanes.get(laneId(lane));
    return key === undefined ? [] : [{ lane: key, ink: inkOf(lane.tasks, lane.kind === "rest"), y, height: height - 1 }];
  });
}

function inkOf(tasks: readonly number[], isRest = tasks.length > 1): Ink {
  return isRest ? "rest" : (tasks[0] ?? "rest");
}

function drawLines(context: CanvasRenderingContext2D, { lanes, laneHeight, width, fixed, colours }: Scene): void {
  context.fillStyle = colours.line;
  for (const { lane, y } of lanes) {
    const bottom = y + laneHeight - 1;
    if (lane.kind === "pinned" || bottom >= fixed) context.fillRect(0, bottom, width, 1);
  }
  if (fixed > 0) context.fillRect(0, fixed - 2, width, 2);
}

function drawCursor(context: CanvasRenderingContext2D, { span, cursor, width, height, colours }: Scene): void {
  if (cursor === undefined) return;
  const x = xOf({ ...span, width }, cursor);
  if (x < -1 || x > width + 1) return;
  context.globalAlpha = 1;
  context.fillStyle = colours.cursor;
  context.fillRect(Math.min(width - 2, Math.max(0, x - 1)), 0, 2, height);
}

/** Draws the ruler's numbers, and the handle of the cursor. */
function drawRuler(context: CanvasRenderingContext2D, { axis, span, width, cursor, colours }: Scene): void {
  const scale = { ...span, width };
  context.font = colours.font;
  context.textBaseline = "alphabetic";
  let free = 0;
  for (const { position, label } of ticksOf(axis, span.from, span.to, width / 88)) {
    const x = Math.max(0, xOf(scale, position));
    const room = context.measureText(label).width;
    if (x < free || x + room > width) continue;
    context.fillStyle = colours.line;
    context.fillRect(Math.round(x), 0, 1, 5);
    context.fillStyle = colours.dim;
    context.fillText(label, x, rulerHeight - 5);
    free = x + room + 12;
  }
  if (cursor === undefined) return;
  const x = Math.min(width - 1, Math.max(1, xOf(scale, cursor)));
  if (Math.abs(x - xOf(scale, cursor)) > 2) return;
  context.fillStyle = colours.cursor;
  context.beginPath();
  context.moveTo(x - 5, 0);
  context.lineTo(x + 5, 0);
  context.lineTo(x, 7);
  context.fill();
}

/** Draws the overview: one band per task, or one for several tasks, and the visible window. */
function drawOverview(context: CanvasRenderingContext2D, scene: Scene, kept?: Kept): void {
  const { whole, span, width, cursor, colours } = scene;
  const scale = { ...whole, width };
  context.globalAlpha = 1;
  if (kept) context.drawImage(bandsPicture(scene, kept), 0, 0, width, overviewHeight);
  const [left, right] = [Math.max(0, xOf(scale, span.from)), Math.min(width, xOf(scale, span.to))];
  const middle = (left + right) / 2;
  const half = Math.max(2, (right - left) / 2);
  context.fillStyle = colours.veil;
  context.fillRect(0, 0, middle - half, overviewHeight);
  context.fillRect(middle + half, 0, width - middle - half, overviewHeight);
  context.strokeStyle = colours.dim;
  context.lineWidth = 1;
  context.strokeRect(Math.max(0.5, middle - half), 0.5, Math.min(width - 1, 2 * half - 1), overviewHeight - 1);
  if (cursor === undefined) return;
  context.fillStyle = colours.cursor;
  context.fillRect(Math.min(width - 2, Math.max(0, xOf(scale, cursor) - 1)), 0, 2, overviewHeight);
}

/** Caches the drawn bands of a level, so that moving the window over them does not draw them again. */
const pictures = new WeakMap<Kept, { readonly name: string; readonly colours: Colours; readonly canvas: HTMLCanvasElement }>();

function bandsPicture({ axis, whole, width, all, colours }: Scene, kept: Kept): HTMLCanvasElement {
  const bands = bandsOf(all);
  const name = [axis, whole.to, width, devicePixelRatio, ...bands.map(laneId)].join(" ");
  const known = pictures.get(kept);
  if (known?.name === name && known.colours === colours) return known.canvas;
  const canvas = document.createElement("canvas");
  const context = sized(canvas, width, overviewHeight);
  const top = 2;
  const height = (overviewHeight - 2 * top) / Math.max(1, bands.length);
  const rows = bands.flatMap((band, index) => {
    const lane = kept.lanes.get(laneId(band));
    return lane === undefined ? [] : [{ lane, ink: inkOf(band.tasks), y: top + index * height, height }];
  });
  const level = { ...kept.level, axis, long: Number.POSITIVE_INFINITY, lives: [] };
  if (context) paintLanes(brushOf(context, colours), level, kept.order, { ...whole, width }, rows);
  pictures.set(kept, { name, colours, canvas });
  return canvas;
}
