/** The text is not a schedule. */
export class ScheduleTextError extends Error {
  override readonly name = "ScheduleTextError";

  /** @param position the position of the error in the text, counted from 1 */
  constructor(
    problem: string,
    readonly position: number,
    readonly remedy: string,
  ) {
    super(`At character ${position}: ${problem}`);
  }
}
