/**
 * A whole run as a small picture: one lane per task, without a window or a cursor.
 */
import { useLayoutEffect, useRef } from "preact/hooks";
import { endOf } from "../../core/timeline/blocks";
import { orderOf, paintLanes } from "../../core/timeline/paint";
import type { TimelineLevel } from "../../protocol/timeline";
import { onThemeChange, themeColours } from "../common/theme";
import { grouped } from "../text/format";
import { CanvasBrush, sized } from "../timeline/canvasBrush";

interface Props {
  readonly level: TimelineLevel;
  /** The tasks' names, one per lane. */
  readonly names: readonly string[];
}

const width = 160;
const laneHeight = 7;
const mostHeight = 42;

/** Hidden from screen readers: the table beside it has the same as figures. */
export function SmallTimeline({ level, names }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const lanes = Math.max(1, names.length);
  const height = Math.min(mostHeight, lanes * laneHeight);
  useLayoutEffect(() => {
    const draw = () => {
      const context = canvas.current && sized(canvas.current, width, height);
      if (!context) return;
      const scale = { from: 0, to: Math.max(1, endOf(level.blocks, level.axis)), width };
      const rows = names.map((_, lane) => ({ lane, ink: lane, y: (lane * height) / lanes, height: height / lanes }));
      const small = { ...level, long: Number.POSITIVE_INFINITY, lives: [], waits: [] };
      paintLanes(new CanvasBrush(context, themeColours()), small, orderOf(level.blocks, names.length), scale, rows);
    };
    draw();
    return onThemeChange(draw);
  }, [level, height]);
  const label = `${names.length} lanes, ${grouped(level.end.step)} steps`;
  return <canvas ref={canvas} class="small-timeline" role="img" aria-label={label} />;
}
