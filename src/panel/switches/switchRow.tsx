/**
 * One line of the list of switches.
 */
import type { Row } from "../../protocol/panel";
import { PlaceLink, TaskName } from "../common/elements";
import { HighlightedPreview, HighlightedText } from "../find/highlight";
import type { Store } from "../model/store";
import { duration, grouped, type Shown, verb } from "../text/format";
import { oneLine } from "../text/text";
import type { Lines } from "./listLines";

interface Props {
  readonly store: Store;
  readonly view: Shown;
}

interface SwitchProps extends Props {
  readonly lines: Lines;
  /** Counted from 0. */
  readonly line: number;
  /** In pixels, from the first line that is drawn. */
  readonly offset: number;
}

/** An option of the listbox. A row that is not cached yet is an empty line, with its number if that is known. */
export function Switch({ store, view, lines, line, offset }: SwitchProps) {
  const row = lines.row(line);
  const step = lines.step(line);
  const selected = step === store.cursor;
  const found = row && store.finding.marks(row);
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the listbox has the focus, and refers to this option by aria-activedescendant
    // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox moves the cursor by keyboard
    <div
      role="option"
      id={step === undefined ? undefined : `switch-${step}`}
      class={`switch ${selected ? "current" : ""} ${found ? "found" : ""}`}
      aria-selected={selected}
      aria-posinset={line + 1}
      aria-setsize={lines.total}
      style={{ transform: `translateY(${offset}px)` }}
      onClick={() => lines.select(line)}
    >
      <span class="number dim">{step === undefined ? "" : grouped(step)}</span>
      {row && <Happened store={store} view={view} row={row} />}
    </div>
  );
}

function Happened({ store, view, row }: Props & { row: Row }) {
  const { finding } = store;
  return (
    <>
      <span class="what">
        <TaskName view={view} id={row.task} /> <span class={row.event === "yielded" ? "dim usual" : row.event}>{verb(row)}</span>{" "}
        <HighlightedPreview finding={finding} text={row.value} />
        {row.output === undefined && row.outputLost && (
          <span class="dim" title="Output of this step, if any, was not kept">
            {" "}
            output not kept
          </span>
        )}
        {row.output !== undefined && (
          <span class="printed" title={oneLine(row.output)}>
            {" "}
            <span class="codicon codicon-output" aria-hidden="true" /> <HighlightedText finding={finding} text={row.output} />
          </span>
        )}
      </span>
      {row.event === "threw" && row.point && <PlaceLink store={store} point={row.point} tabIndex={-1} what="threw" />}
      <span class="took dim">{duration(row.micros)}</span>
    </>
  );
}
