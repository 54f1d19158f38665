// biome-ignore-all lint/a11y/useSemanticElements: an ARIA grid with its own keyboard, laid out by CSS
// biome-ignore-all lint/a11y/useFocusableInteractive: the controls in its cells are focused
/**
 * The breakpoints: when a run pauses on its own.
 */
import type { Breakpoint } from "../../protocol/breakpoints";
import { Action, Section } from "../common/elements";
import { useTabStop } from "../common/tabStop";
import { useChosen } from "../common/useChosen";
import type { Store } from "../model/store";
import type { Shown } from "../text/format";
import { oneLine } from "../text/text";
import { BreakpointForm } from "./breakpointForm";
import { breakpointText } from "./breakpointText";

interface Props {
  readonly store: Store;
  readonly view: Shown;
}

/** Collapsed at first, with the number of breakpoints in the heading. */
export function Breakpoints({ store, view }: Props) {
  const { breakpoints = [] } = view;
  return (
    <Section store={store} title="Breakpoints" note={noteOf(breakpoints)} byDefault="closed">
      {breakpoints.length > 0 && <List store={store} view={view} breakpoints={breakpoints} />}
      <BreakpointForm store={store} view={view} />
    </Section>
  );
}

function noteOf(breakpoints: readonly Breakpoint[]): string {
  const off = breakpoints.filter(({ enabled }) => !enabled).length;
  if (breakpoints.length === 0) return "none";
  return off === 0 ? String(breakpoints.length) : `${breakpoints.length}, ${off} off`;
}

function List({ store, view, breakpoints }: Props & { breakpoints: readonly Breakpoint[] }) {
  const { ref, onKeyDown, onFocusIn } = useTabStop();
  return (
    <div ref={ref} class="controls" role="grid" aria-label="Breakpoints" onKeyDown={onKeyDown} onFocusIn={onFocusIn}>
      {breakpoints.map((breakpoint) => (
        <Line key={breakpoint.id} store={store} breakpoint={breakpoint} isHit={view.hit === breakpoint.id} />
      ))}
    </div>
  );
}

function Line({ store, breakpoint, isHit }: { store: Store; breakpoint: Breakpoint; isHit: boolean }) {
  const { id, problem, fromEditor } = breakpoint;
  const [enabled, choose] = useChosen(breakpoint.enabled);
  const text = breakpointText(breakpoint);
  return (
    <div role="row" data-row class={`control ${isHit ? "hit" : ""} ${enabled ? "" : "off"}`} aria-current={isHit}>
      <span role="gridcell">
        <input
          type="checkbox"
          class="check"
          aria-label={`Pause when ${text}`}
          checked={enabled}
          onChange={() => {
            choose(!enabled);
            store.send({ type: "setBreakpoint", breakpoint: id, enabled: !enabled });
          }}
        />
      </span>
      <span role="gridcell" class="subject" title={text}>
        <bdi class={breakpoint.kind === "condition" ? "value" : ""}>{text}</bdi>
        {fromEditor && <span class="dim"> from the editor</span>}
        {isHit && <span class="mark"> paused here</span>}
        {problem !== undefined && <div class="error problem">{oneLine(problem)}</div>}
      </span>
      <span role="gridcell">
        <Action
          icon="close"
          label={`Remove the breakpoint ${text}`}
          onClick={() => store.send({ type: "removeBreakpoint", breakpoint: id })}
        />
      </span>
    </div>
  );
}
