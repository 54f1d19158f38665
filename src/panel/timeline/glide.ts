/**
 * Moves the window: immediately while the pointer drags it, otherwise with a short animation, or without one if the user prefers reduced
 * motion.
 */
import type { Viewfinder } from "./viewfinder";
import * as viewport from "./viewport";

const millis = 140;

export class Glide {
  /** The target of the current animation. */
  #target: viewport.Span | undefined;
  #from: viewport.Span | undefined;
  #began: number | undefined;

  /** @param moved called whenever another window is shown */
  constructor(
    readonly finder: Viewfinder,
    readonly moved: () => void,
  ) {}

  /** Shows a window immediately. */
  show(span: viewport.Span): void {
    this.stop();
    this.#show(span);
  }

  /** Zooms about a position on the axis. */
  zoom(factor: number, at: number): void {
    this.#to(viewport.zoomed(this.#goal, factor, at, this.finder.room));
  }

  /** Pans by a fraction of the window. */
  pan(share: number): void {
    const { room } = this.finder;
    const { from, to } = this.#goal;
    const most = viewport.most(room);
    const by = Math.min(most, Math.max(-most, (to - from) * share));
    this.#to(viewport.panned({ from, to }, by, room));
  }

  /** Shows the whole run. */
  showAll(): void {
    this.#to(viewport.whole(this.finder.room));
  }

  /** Follows the head again. */
  follow(): void {
    this.#to(this.finder.atEnd());
  }

  /** Stops the animation. */
  stop(): void {
    this.#target = undefined;
  }

  /**
   * Advances the animation by one frame.
   *
   * @returns whether the animation continues
   */
  step(now: number): boolean {
    if (!this.#target || !this.#from) return false;
    this.#began ??= now;
    const share = Math.min(1, (now - this.#began) / millis);
    const target = this.#target;
    if (share === 1) this.stop();
    this.#show(viewport.between(this.#from, target, 1 - (1 - share) ** 3));
    return share < 1;
  }

  /** The target of the animation, or the current window: key presses in quick succession add up. */
  get #goal(): viewport.Span {
    return this.#target ?? this.finder.span;
  }

  #to(target: viewport.Span): void {
    if (wantsNoMotion()) {
      this.#show(target);
      return;
    }
    this.#target = target;
    this.#from = this.finder.span;
    this.#began = undefined;
    this.#show(this.#from);
  }

  #show(span: viewport.Span): void {
    this.finder.show(span);
    this.moved();
  }
}

function wantsNoMotion(): boolean {
  return document.body.classList.contains("vscode-reduce-motion") || matchMedia("(prefers-reduced-motion: reduce)").matches;
}
