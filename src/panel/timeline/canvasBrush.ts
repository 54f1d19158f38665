/**
 * The timeline's brush for a canvas, and canvases in device pixels.
 */
import { lookOf, type Pattern } from "../../core/timeline/look";
import type { Brush, Ink, Mark } from "../../core/timeline/paint";
import type { Colours } from "../common/theme";

/** Slices at least this wide, in pixels, get round corners. */
const roundFrom = 6;
/** The side of a pattern tile, in pixels. */
const tile = 6;

export class CanvasBrush implements Brush {
  readonly #fills = new Map<Ink, string | CanvasPattern>();

  constructor(
    readonly context: CanvasRenderingContext2D,
    readonly colours: Colours,
  ) {}

  ink(ink: Ink, strength: number): void {
    let fill = this.#fills.get(ink);
    if (fill === undefined) {
      fill = this.#fillOf(ink);
      this.#fills.set(ink, fill);
    }
    this.context.fillStyle = fill;
    this.context.globalAlpha = strength;
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.context.fillRect(x, y, width, height);
  }

  slice(x: number, y: number, width: number, height: number): void {
    if (width < roundFrom) {
      this.context.fillRect(x, y, width, height);
      return;
    }
    this.context.beginPath();
    this.context.roundRect(x, y, width, height, 2);
    this.context.fill();
  }

  mark(mark: Mark, x: number, y: number, size: number): void {
    const { context, colours } = this;
    context.globalAlpha = 1;
    context.lineJoin = "round";
    context.beginPath();
    shapes[mark](context, x, y, size);
    context.strokeStyle = colours.background;
    context.lineWidth = mark === "threw" ? 5 : 3;
    context.stroke();
    context.fillStyle = colours[mark === "closed" ? "text" : mark];
    context.strokeStyle = context.fillStyle;
    context.lineWidth = 2;
    if (mark === "threw") context.stroke();
    else context.fill();
  }

  #fillOf(ink: Ink): string | CanvasPattern {
    if (ink === "rest") return this.colours.dim;
    if (ink === "closed") return this.colours.text;
    if (typeof ink === "string") return this.colours[ink];
    const { colour, pattern } = lookOf(ink);
    const plain = this.colours.tasks[colour] ?? "gray";
    return pattern === "solid" ? plain : (hatched(this.context, plain, pattern, this.colours.background) ?? plain);
  }
}

type Shape = (context: CanvasRenderingContext2D, x: number, y: number, size: number) => void;

/** A triangle for a return, a cross for a throw, a block for a close, so that they can be told apart without colours. */
const shapes: Record<Mark, Shape> = {
  returned: (context, x, y, size) => {
    context.moveTo(x, y - size / 2);
    context.lineTo(x + size / 2, y);
    context.lineTo(x, y + size / 2);
    context.closePath();
  },
  threw: (context, x, y, size) => {
    const half = size * 0.32;
    context.moveTo(x + 1, y - half);
    context.lineTo(x + 1 + 2 * half, y + half);
    context.moveTo(x + 1 + 2 * half, y - half);
    context.lineTo(x + 1, y + half);
  },
  closed: (context, x, y, size) => {
    context.rect(x + 1, y - size * 0.28, size * 0.56, size * 0.56);
  },
};

/** The task's colour, with a pattern in the background colour over it. */
function hatched(context: CanvasRenderingContext2D, colour: string, pattern: Pattern, background: string): CanvasPattern | null {
  const canvas = document.createElement("canvas");
  canvas.width = tile;
  canvas.height = tile;
  const drawn = canvas.getContext("2d");
  if (!drawn) return null;
  drawn.fillStyle = colour;
  drawn.fillRect(0, 0, tile, tile);
  drawn.strokeStyle = background;
  drawn.lineWidth = 1.6;
  drawn.beginPath();
  for (const shift of [-tile, 0, tile]) {
    if (pattern === "level") continue;
    const [left, right] = pattern === "rising" ? [tile, 0] : [0, tile];
    drawn.moveTo(-1, shift + left + (pattern === "rising" ? 1 : -1));
    drawn.lineTo(tile + 1, shift + right + (pattern === "rising" ? -1 : 1));
  }
  if (pattern === "level") {
    drawn.moveTo(0, tile / 2);
    drawn.lineTo(tile, tile / 2);
  }
  drawn.stroke();
  return context.createPattern(canvas, "repeat");
}

const brushes = new WeakMap<CanvasRenderingContext2D, CanvasBrush>();

/** The brush of a canvas. It caches its patterns until the colours change. */
export function brushOf(context: CanvasRenderingContext2D, colours: Colours): CanvasBrush {
  const known = brushes.get(context);
  if (known?.colours === colours) return known;
  const brush = new CanvasBrush(context, colours);
  brushes.set(context, brush);
  return brush;
}

/** Resizes a canvas only if its size changes, because resizing clears it. The context is scaled to CSS pixels. */
export function sized(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D | null {
  const ratio = devicePixelRatio;
  const context = canvas.getContext("2d");
  const [wide, high] = [Math.max(1, Math.round(width * ratio)), Math.max(1, Math.round(height * ratio))];
  if (canvas.width !== wide || canvas.height !== high) {
    canvas.width = wide;
    canvas.height = high;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  context?.setTransform(ratio, 0, 0, ratio, 0, 0);
  context?.clearRect(0, 0, width, height);
  return context;
}
