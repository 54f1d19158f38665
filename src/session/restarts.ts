/**
 * The runs of a session, one after the other: what each begins with, and what is kept for it of the one before.
 */
import type { Run } from "./run";
import type { SessionState } from "./sessionState";
import type { Followed } from "./steering";

/** What a fresh run begins with. */
export interface Fresh {
  readonly calls: readonly string[];
  /** The policy; left out, the one that was chosen. */
  readonly policy?: string;
  /** A schedule to follow, which adds the tasks itself. */
  readonly follow?: Followed;
  /** The run whose trace the schedule is read from: it is kept that long. */
  readonly source?: Run;
}

export class Restarts {
  #calls: readonly string[] = [];
  /** Kept for the schedule that is read from its trace. */
  #source: Run | undefined;

  constructor(readonly session: SessionState) {}

  /** The calls of the tasks, in the order of adding: what a restart runs again, also after one that failed. */
  get calls(): string[] {
    const { tasks } = this.session.run;
    return [...tasks.map(({ call }) => call), ...this.#calls.slice(tasks.length)];
  }

  /** The run is to have these tasks, which are not all there yet. */
  expect(calls: readonly string[]): void {
    this.#calls = [...calls];
  }

  /**
   * Puts a fresh run in place of the one there is, of which no more is kept than it needs.
   *
   * @throws SteeringError when the policy is not there any more
   */
  replace({ calls, policy, source }: Fresh): void {
    const { session } = this;
    if (this.#source !== source) this.#source?.dispose();
    if (session.run !== source) session.run.dispose();
    this.#source = source;
    session.running = session.freshRunning(policy);
    this.expect(calls);
  }

  /**
   * Adds the tasks to the fresh run, or lets it follow the schedule that does.
   *
   * @throws UserCodeError when one of the calls fails now
   */
  async start({ calls, follow }: Fresh): Promise<void> {
    const { run, steering, looking } = this.session.running;
    if (follow) steering.follow(follow);
    else for (const call of calls) await run.spawn(call);
    await steering.prepare();
    await looking.watch();
  }

  /** Gives back what is kept on disk of the run before. */
  dispose(): void {
    this.#source?.dispose();
  }
}
