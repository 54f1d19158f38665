/**
 * The graph of states as a table: a row for each point, with the points that follow, each after the task that leads there.
 */
import type { ShownStates } from "../../../protocol/exploration";
import { useTabStop } from "../../common/tabStop";
import { grouped } from "../../text/format";
import { oneLine } from "../../text/text";
import { endText, kindOf, meanings, placeText } from "./pointText";

interface Props {
  readonly graph: ShownStates;
  /** The session's file. */
  readonly file: string;
  /** Undefined if branches cannot be opened; `closedBecause` says why. */
  readonly open: ((point: number) => void) | undefined;
  readonly closedBecause: string;
}

export function StatesTable({ graph: { points, edges }, file, open, closedBecause }: Props) {
  const { ref, onKeyDown, onFocusIn } = useTabStop<HTMLTableSectionElement>();
  const nextOf = (from: number) =>
    edges
      .filter((edge) => edge.from === from)
      .map(({ task, to }) => `${oneLine(points[from]?.tasks[task]?.name ?? "")}: ${grouped(to + 1)}`);
  return (
    <div class="graph-scroll">
      <table class="outcomes states-table" aria-label="States">
        <thead>
          <tr>
            <th scope="col">State</th>
            <th scope="col">Steps</th>
            <th scope="col">Tasks</th>
            <th scope="col">Next states</th>
          </tr>
        </thead>
        <tbody ref={ref} onKeyDown={onKeyDown} onFocusIn={onFocusIn}>
          {points.map((point, number) => (
            <tr key={number} data-row>
              <th scope="row">
                <button
                  type="button"
                  class="outcome-name"
                  title={`Show the steps that lead here as a branch${closedBecause}`}
                  aria-label={`State ${grouped(number + 1)}`}
                  aria-disabled={open === undefined}
                  onClick={() => open?.(number)}
                >
                  {grouped(number + 1)}
                </button>
              </th>
              <td>{grouped(point.steps)}</td>
              <td>
                {point.tasks.map((task) => `${oneLine(task.name)} ${placeText(task, file)}`).join(", ")}.{" "}
                <span class="dim">{point.end ? endText(point.end, point.fate) : meanings[kindOf(point)]}.</span>
              </td>
              <td>{nextOf(number).join(", ")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
