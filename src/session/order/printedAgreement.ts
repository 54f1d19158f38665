/**
 * Checks whether the steps of a run print the same as those of the recorded run. The whole text of a step is compared for each stream,
 * regardless of the pieces in which it arrived.
 */
import type { Printed } from "../../protocol/printed";
import type { OutputLog } from "../seen/outputLog";

/** The first step that prints something else; step 0 is the loading of the file. */
export interface PrintedDifference {
  readonly step: number;
  readonly stream: (typeof streams)[number];
  readonly recorded: string;
  readonly replayed: string;
}

/** The progress of the two runs when they are compared. */
export interface Reached {
  /** The last step that both runs have made. */
  readonly end: number;
  /** The last step of each run; `Infinity` if no more output can be added to that step. */
  readonly recordedHead: number;
  readonly replayedHead: number;
}

/** What a step printed on one stream, as far as it was kept. */
interface Text {
  readonly text: string;
  readonly isWhole: boolean;
}

const streams = ["stdout", "stderr"] as const;

export class PrintedAgreement {
  /** The last step that need not be compared again. */
  #agreed = -1;
  #late = 0;

  constructor(
    readonly recorded: OutputLog,
    readonly replayed: OutputLog,
  ) {}

  /**
   * The first difference at present. Timers and threads print between slices, so output may arrive after its step, and a difference
   * that was found earlier may have disappeared.
   */
  firstDifference({ end, recordedHead, replayedHead }: Reached): PrintedDifference | undefined {
    const [one, other] = [this.recorded, this.replayed];
    if (other.late !== this.#late) this.#agreed = -1;
    this.#late = other.late;
    const [lostA, lostB] = [one, other].map(({ lostFrom = Number.POSITIVE_INFINITY }) => lostFrom - 1);
    const last = Math.min(end, lostA as number, lostB as number);
    let difference: PrintedDifference | undefined;
    for (let step = this.#next(this.#agreed); step <= last && !difference; step = this.#next(step)) {
      difference = this.#differenceAt(step, step !== recordedHead, step !== replayedHead);
    }
    // Text that is appended to the last entry does not count as late output, so the step of that entry is compared again.
    const known = Math.min(difference ? difference.step - 1 : last, (other.entries.at(-1)?.step ?? 0) - 1);
    this.#agreed = Math.max(this.#agreed, known);
    return difference;
  }

  /** The next step in which either run printed something. */
  #next(step: number): number {
    const steps = [this.recorded, this.replayed].map((log) => log.entries[log.countUpTo(step)]?.step ?? Number.POSITIVE_INFINITY);
    return Math.min(...steps);
  }

  #differenceAt(step: number, isRecorded: boolean, isReplayed: boolean): PrintedDifference | undefined {
    const [ours, theirs] = [this.recorded.of(step), this.replayed.of(step)];
    for (const stream of streams) {
      const [recorded, replayed] = [textOf(ours, stream, isRecorded), textOf(theirs, stream, isReplayed)];
      if (!agree(recorded, replayed)) return { step, stream, recorded: recorded.text, replayed: replayed.text };
    }
    return undefined;
  }
}

function textOf(pieces: readonly Printed[], stream: Printed["stream"], isOver: boolean): Text {
  const own = pieces.filter((piece) => piece.stream === stream);
  return { text: own.map(({ text }) => text).join(""), isWhole: isOver && own.every(({ dropped = 0 }) => dropped === 0) };
}

/** Whether two texts are equal, as far as both are known: a text that is not whole must only be the beginning of the other. */
function agree(one: Text, other: Text): boolean {
  if (one.text === other.text) return true;
  return (!one.isWhole && other.text.startsWith(one.text)) || (!other.isWhole && one.text.startsWith(other.text));
}
