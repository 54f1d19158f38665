/**
 * Why a task was picked, in the policy's words.
 */

import { Preview, TaskName } from "../common/elements";
import type { Store } from "../model/store";
import { isLive, type Shown } from "../text/format";
import { oneLine } from "../text/text";

/** Reserves the space of a line that is still to come, so that what is below it does not move under the pointer. */
const spaceOfALine = "\u00a0";

/** Below the now line: why the task of the shown step was picked, and why the next task is next. */
export function Why({ store, view }: { store: Store; view: Shown }) {
  const { now, next } = view;
  const nextWhy = isLive(view) ? view.reason : store.row(view.cursor + 1)?.why;
  if (now?.why === undefined && (next === undefined || nextWhy === undefined)) return null;
  return (
    <p class="why dim">
      {now?.why !== undefined && (
        <span>
          <TaskName view={view} id={now.task} /> <bdi>{oneLine(now.why)}</bdi>
        </span>
      )}
      {next !== undefined && nextWhy !== undefined && (
        <span>
          → <TaskName view={view} id={next} />{" "}
          <span>
            <bdi>{oneLine(nextWhy)}</bdi>
            {isLive(view) && view.picked?.send !== undefined && (
              <>
                , gets <Preview text={view.picked.send} />
              </>
            )}
          </span>
        </span>
      )}
    </p>
  );
}

/** The same, in the detail of a step. */
export function WhyThen({ view: { now, recorded }, step }: { view: Shown; step: number }) {
  if (now?.step !== step) return null;
  if (now.why === undefined)
    return recorded ? null : (
      <p class="why-then" aria-hidden="true">
        {spaceOfALine}
      </p>
    );
  return (
    <p class="why-then dim">
      Why this task: <bdi>{oneLine(now.why)}</bdi>
    </p>
  );
}
