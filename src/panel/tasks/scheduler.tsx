// biome-ignore-all lint/a11y/useSemanticElements: a row of the ARIA grid of tasks
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid moves the focus to its rows
/**
 * The row of an observed program's own scheduler: the frame that has resumed the task of the step.
 */
import { PlaceLink } from "../common/elements";
import type { Store } from "../model/store";
import type { Place } from "../text/format";
import { oneLine } from "../text/text";
import type { Column } from "./columns";

interface Props {
  readonly store: Store;
  readonly shown: readonly Column[];
  readonly at: Place;
}

export function Scheduler({ store, shown, at }: Props) {
  const name = oneLine(at.function);
  const reveal = () => store.reveal(at);
  const onKey = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    reveal();
  };
  return (
    <div role="row" class="row scheduler" aria-rowindex={2} tabIndex={-1} onClick={reveal} onKeyDown={onKey}>
      {shown.map(({ id }) => (
        <span key={id} role="gridcell" class={id} title={id === "task" ? name : undefined}>
          {id === "task" && (
            <>
              <span class="codicon codicon-sync" aria-hidden="true" /> {name}
            </>
          )}
          {id === "state" && <span class="dim">scheduler</span>}
          {id === "at" && <PlaceLink store={store} point={at} tabIndex={-1} />}
        </span>
      ))}
    </div>
  );
}
