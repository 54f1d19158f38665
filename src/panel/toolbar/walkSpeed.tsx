/**
 * The speed of a slow run, shown during the run.
 */

import type { Store } from "../model/store";
import { grouped } from "../text/format";

/** A slider from 1 to 100 steps per second. */
export function WalkSpeed({ store }: { store: Store }) {
  const { speed } = store;
  const onInput = (event: Event & { currentTarget: HTMLInputElement }) => store.walk(Number(event.currentTarget.value));
  const text = `${grouped(speed)} ${speed === 1 ? "step" : "steps"} a second`;
  return (
    <div class="walk">
      <label for="walk-speed">Speed</label>
      <input
        id="walk-speed"
        type="range"
        min={1}
        max={100}
        step={1}
        value={speed}
        aria-label="Speed in steps per second"
        aria-valuetext={text}
        onInput={onInput}
      />
      <span aria-hidden="true">{text}</span>
    </div>
  );
}
