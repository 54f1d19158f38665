// biome-ignore-all lint/a11y/useSemanticElements: a row of the ARIA grid of tasks
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid moves the focus to its rows
/**
 * The row of an observed program's own scheduler: the frame that has resumed the task of the step.
 */
import { PlaceLink } from "../common/elements";
import type { Store } from "../model/store";
import type { Place } from "../text/format";
import { oneLine } from "../text/text";

interface Props {
  readonly store: Store;
  readonly at: Place;
}

export function Scheduler({ store, at }: Props) {
  const reveal = () => store.reveal(at);
  const onKey = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    reveal();
  };
  return (
    <div role="row" class="row scheduler" tabIndex={-1} onClick={reveal} onKeyDown={onKey}>
      <span role="gridcell" class="task" title={oneLine(at.function)}>
        <span class="codicon codicon-sync" aria-hidden="true" /> {oneLine(at.function)}
      </span>
      <span role="gridcell" class="state dim">
        scheduler
      </span>
      {store.hasWaited && <span role="gridcell" class="waits" />}
      <span role="gridcell" class="at">
        <PlaceLink store={store} point={at} tabIndex={-1} />
      </span>
    </div>
  );
}
