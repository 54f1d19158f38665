/**
 * When the timeline is drawn: in the next frame, once, however much has changed; or at once, where elements are made again.
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
