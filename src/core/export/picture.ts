/**
 * The timeline that an exported picture draws and describes.
 */
import type { Level, Question } from "../timeline/level";

export interface Picture {
  /** The name of the user's file. */
  readonly file: string;
  readonly question: Question;
  readonly level: Level;
  /** The label of each lane. */
  readonly names: readonly string[];
}
