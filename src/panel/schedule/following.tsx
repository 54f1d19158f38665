/**
 * Progress that is always visible: following a schedule, replaying steps.
 */

import { Action } from "../common/elements";
import type { Store } from "../model/store";
import { grouped, type Shown } from "../text/format";
import { manyLines, oneLine } from "../text/text";

interface Props {
  readonly store: Store;
  readonly view: Shown;
}

/** A schedule that is being followed, or that does not fit the run. */
export function Following({ store, view }: Props) {
  const { follows, refused } = view.schedule ?? {};
  if (view.recorded || (!follows && !refused)) return null;
  const leave = (
    <Action
      kind="secondary"
      label="Stop following the schedule: the policy picks from here on"
      text="Leave it"
      onClick={() => store.send({ type: "leaveSchedule" })}
    />
  );
  if (refused) {
    return (
      <section class="notice warning" aria-label="Schedule refused">
        <span class="codicon codicon-warning" aria-hidden="true" />
        <div class="told">
          <p class="message">
            The schedule does not fit at step {grouped(refused.step)}: {manyLines(refused.message)}
          </p>
          {refused.remedy !== "" && <p>{manyLines(refused.remedy)}</p>}
        </div>
        <div class="ways">{leave}</div>
      </section>
    );
  }
  if (!follows) return null;
  return (
    <section class="under-way" aria-label="Schedule being followed">
      <span class="codicon codicon-debug-rerun" aria-hidden="true" />
      <span>
        Follows a schedule: {grouped(follows.done)} of {grouped(follows.of)} steps
      </span>
      <progress aria-label="Steps of the schedule" value={follows.done} max={Math.max(1, follows.of)} />
      {leave}
    </section>
  );
}

/** A branch whose steps are being replayed, so that it can continue. */
export function Replaying({ store, view: { replaying } }: Props) {
  if (!replaying) return null;
  const { branch, done, of } = replaying;
  return (
    <section class="under-way" aria-label="Replay">
      <span class="codicon codicon-repo-forked" aria-hidden="true" />
      <span>
        <bdi>{oneLine(branch)}</bdi>: {grouped(done)} of {grouped(of)} steps are made again
      </span>
      <progress aria-label="Steps replayed" value={done} max={Math.max(1, of)} />
      <Action kind="secondary" label="Cancel the replay" text="Cancel" onClick={() => store.send({ type: "cancelReplay" })} />
    </section>
  );
}
