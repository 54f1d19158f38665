/**
 * The timeline as text, for people who cannot see it: what each lane did in the window.
 */
import { duration, grouped, type Shown } from "../text/format";
import { nameOf } from "./laneList";
import { laneId } from "./levels";
import type { TimelineModel } from "./model";
import { sumsOf } from "./sums";

/** A visually hidden table for screen readers. */
export function SumTable({ model, view }: { model: TimelineModel; view: Shown }) {
  const { detail, finder, seen } = model;
  const { kept } = detail.fine;
  if (!kept) return null;
  const sums = sumsOf(
    kept,
    finder.axis,
    finder.span,
    seen.map(({ lane }) => lane),
  );
  if (!sums) return null;
  const { first, last, lanes } = sums;
  return (
    <table class="unseen">
      <caption>
        Lanes of the timeline, steps {grouped(first)} to {grouped(Math.min(last, view.head))} of {grouped(view.head)}
      </caption>
      <thead>
        <tr>
          {["Lane", "Steps", "Run time", "Longest slice", "Blocked", "Events"].map((title) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lanes.map(({ lane, steps, micros, longest, longestStep, blocked, events }) => (
          <tr key={laneId(lane)}>
            <th scope="row">{nameOf(view, lane)}</th>
            <td>{grouped(steps)}</td>
            <td>{duration(micros)}</td>
            <td>{steps > 0 ? `${duration(longest)} at step ${grouped(longestStep)}` : ""}</td>
            <td>{blocked > 0 ? `${grouped(blocked)} steps` : ""}</td>
            <td>{events.join(", ")}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
