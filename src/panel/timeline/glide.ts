/**
 * A short movement from one window to another, so that the eye can follow; none where the user wants no motion.
 */
import { between, type Span } from "./viewport";

const millis = 140;

export class Glide {
  /** Where the movement goes, while it lasts. */
  target: Span | undefined;
  #from: Span | undefined;
  #began: number | undefined;

  /** @param move shows a window */
  constructor(readonly move: (span: Span) => void) {}

  /** Goes to a window from the one that is shown. */
  to(target: Span, from: Span): void {
    if (wantsNoMotion()) {
      this.move(target);
      return;
    }
    this.target = target;
    this.#from = from;
    this.#began = undefined;
    this.move(from);
  }

  stop(): void {
    this.target = undefined;
  }

  /**
   * Moves on.
   *
   * @returns whether the movement goes on
   */
  step(now: number): boolean {
    if (!this.target || !this.#from) return false;
    this.#began ??= now;
    const share = Math.min(1, (now - this.#began) / millis);
    const target = this.target;
    if (share === 1) this.stop();
    this.move(between(this.#from, target, 1 - (1 - share) ** 3));
    return share < 1;
  }
}

function wantsNoMotion(): boolean {
  return document.body.classList.contains("vscode-reduce-motion") || matchMedia("(prefers-reduced-motion: reduce)").matches;
}
