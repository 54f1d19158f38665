/**
 * The timeline's brush for an SVG document: rectangles of the same ink become one path.
 */
import { lookOf } from "../timeline/look";
import type { Brush, Ink, Mark } from "../timeline/paint";

/** Rounds a length in pixels to hundredths: finer differences are invisible. */
export function rounded(length: number): number {
  return Math.round(length * 100) / 100;
}

/** The minimum size in pixels of a rectangle with a pattern. On smaller ones a pattern would look like damage. */
const patternFrom = 5;

export class SvgBrush implements Brush {
  readonly #parts: string[] = [];
  readonly #inks = new Set<string>();
  #ink: Ink = "rest";
  #strength = 1;
  #path = "";
  /** The rectangles of the path that are large enough for a pattern. */
  #large = "";
  /** The last rectangle. It is extended if the next one continues it. */
  #last: { readonly x: number; readonly y: number; readonly right: number; readonly height: number } | undefined;

  /** The names of all inks and marks that were used. */
  get used(): ReadonlySet<string> {
    return this.#inks;
  }

  ink(ink: Ink, strength: number): void {
    this.#flush();
    this.#ink = ink;
    this.#strength = strength;
  }

  rect(x: number, y: number, width: number, height: number): void {
    const right = rounded(x + width);
    const last = this.#last;
    if (last && last.y === y && last.height === height && x <= last.right + 0.01) {
      this.#last = { ...last, right: Math.max(right, last.right) };
      return;
    }
    this.#draw();
    this.#last = { x: rounded(x), y, right, height };
  }

  slice(x: number, y: number, width: number, height: number): void {
    this.rect(x, y, width, height);
  }

  mark(mark: Mark, x: number, y: number, size: number): void {
    this.#flush();
    this.#inks.add(mark);
    this.#parts.push(`<path class="${mark}" d="${shapes[mark](x, y, size)}"/>`);
  }

  /** Ends the drawing. @returns its elements as text */
  end(): string {
    this.#flush();
    return this.#parts.join("\n");
  }

  #draw(): void {
    const last = this.#last;
    if (!last) return;
    const [y, height] = [rounded(last.y), rounded(last.height)];
    const path = `M${last.x} ${y}H${last.right}v${height}H${last.x}z`;
    this.#path += path;
    if (last.right - last.x >= patternFrom && height >= patternFrom) this.#large += path;
    this.#last = undefined;
  }

  #flush(): void {
    this.#draw();
    if (this.#path === "") return;
    this.#parts.push(...this.#filled(this.#path, this.#large));
    this.#path = "";
    this.#large = "";
  }

  #filled(path: string, large: string): string[] {
    const ink = this.#ink;
    const opacity = this.#strength < 1 ? ` fill-opacity="${this.#strength}"` : "";
    if (typeof ink === "string") this.#inks.add(ink);
    const look = typeof ink === "string" ? undefined : lookOf(ink);
    const plain = `<path class="${look ? `task${look.colour + 1}` : ink}"${opacity} d="${path}"/>`;
    if (!look || look.pattern === "solid" || large === "") return [plain];
    return [plain, `<path fill="url(#yieldpoint-${look.pattern})" d="${large}"/>`];
  }
}

/** A triangle for a return, a cross for a throw, a block for a close: distinguishable without colours. */
export const shapes: Record<Mark, (x: number, y: number, size: number) => string> = {
  returned: (x, y, size) => `M${rounded(x)} ${rounded(y - size / 2)}l${size / 2} ${size / 2}l${-size / 2} ${size / 2}z`,
  threw: (x, y, size) => {
    const side = rounded(size * 0.64);
    const top = rounded(y - size * 0.32);
    return `M${rounded(x + 1)} ${top}l${side} ${side}M${rounded(x + 1 + side)} ${top}l${-side} ${side}`;
  },
  closed: (x, y, size) => {
    const side = rounded(size * 0.56);
    return `M${rounded(x + 1)} ${rounded(y - size * 0.28)}h${side}v${side}h${-side}z`;
  },
};
