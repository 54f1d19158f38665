/**
 * A random walk: any ready task, all equally likely. What other strategies are measured by (Thomson, Donaldson, Betts: Concurrency
 * Testing Using Controlled Schedulers, ACM TOPC 2016).
 */
import type { TaskId } from "../task";
import type { Chance } from "./chance";
import type { Strategy } from "./strategy";

export class RandomWalk implements Strategy {
  readonly asksAlways = false;

  constructor(readonly chance: Chance) {}

  begin(): void {}

  pick(ready: readonly TaskId[]): number {
    return this.chance.below(ready.length);
  }

  counts(): boolean {
    return true;
  }

  end(): boolean {
    return true;
  }

  position(): string {
    return this.chance.state();
  }
}
