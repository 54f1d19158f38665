/**
 * The statistics of the run, requested only while their section is open. The figures shown always belong to the head that is shown: a
 * view with another head waits for its own figures.
 */
import type { RunFigures } from "../../protocol/find";
import type { View } from "../../protocol/panel";
import { textOf } from "./findMatches";
import type { Wire } from "./wire";

/** The latest known figures, or why there are none. */
export interface Counted {
  readonly figures?: RunFigures;
  readonly problem?: string;
}

/** The run and the steps that figures belong to. Another run can have the same number of steps. */
type Steps = Pick<View, "run" | "head">;

export class RunCount {
  /** The figures to show. */
  shown: Counted = {};
  #isWatched = false;
  #view: Steps | undefined;
  #latest: (Counted & Steps) | undefined;
  #asking: Promise<void> | undefined;

  /** @param changed called when `shown` has changed */
  constructor(
    private readonly wire: Pick<Wire, "ask">,
    private readonly changed: () => void,
  ) {}

  /** Starts requesting figures. @returns a function that stops it */
  watch(): () => void {
    this.#isWatched = true;
    this.#goOn();
    return () => {
      this.#isWatched = false;
    };
  }

  /** Whether a view has to wait for its figures. It does not wait if none were available. */
  lacks(view: Steps): boolean {
    return this.#isWatched && view.head > 0 && !this.#isOf(view) && this.#latest?.problem === undefined;
  }

  /** Requests the figures of a view that is about to be shown; those of a long run arrive in parts. One request at a time. */
  async count(view: Steps): Promise<void> {
    while (this.#asking) await this.#asking;
    this.#asking = this.#ask(view);
    await this.#asking;
  }

  /** Shows the figures that belong to a view, and requests the rest. */
  show({ run, head }: Steps): void {
    this.#view = { run, head };
    const { figures, problem } = this.#latest?.run === run ? this.#latest : {};
    if (problem !== undefined) this.shown = { problem };
    else this.shown = figures && figures.upTo <= head ? { figures } : {};
    this.#goOn();
  }

  #isOf({ run, head }: Steps): boolean {
    return this.#latest?.run === run && this.#latest.head === head;
  }

  async #ask({ run, head }: Steps): Promise<void> {
    try {
      const { figures } = await this.wire.ask("figures", (id) => ({ type: "figures", id, upTo: head }));
      this.#latest = { run, head, figures };
    } catch (error) {
      this.#latest = { run, head, problem: textOf(error) };
    }
    this.#asking = undefined;
  }

  /** Requests what is missing for the current view, until everything has arrived. */
  #goOn(): void {
    const view = this.#view;
    if (!this.#isWatched || this.#asking || !view || view.head === 0) return;
    const isOver = this.#latest?.problem !== undefined || (this.#latest?.figures?.upTo ?? 0) >= view.head;
    if (this.#isOf(view) && isOver) return;
    void this.count(view).then(() => {
      if (this.#view) this.show(this.#view);
      this.changed();
    });
  }
}
