/**
 * When the timeline is drawn: once in the next frame, however much has changed, or at once when elements are made again.
 */
export class Frames {
  #isRequested = false;
  #isStale = false;

  /**
   * @param draw draws what there is
   * @param begin moves what glides, before the frame is drawn
   * @param end asks for what the frame lacks
   */
  constructor(
    private readonly draw: () => void,
    private readonly begin: (now: number) => void,
    private readonly end: () => void,
  ) {}

  /** Draws in the next frame. */
  request(): void {
    this.#isStale = true;
    if (this.#isRequested) return;
    this.#isRequested = true;
    requestAnimationFrame((now) => {
      this.#isRequested = false;
      this.begin(now);
      this.paint();
      this.end();
    });
  }

  /** Draws what has changed at once. */
  paint(): void {
    if (!this.#isStale) return;
    this.#isStale = false;
    this.draw();
  }
}
