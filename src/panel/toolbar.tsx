/**
 * The commands. Step is the one that stands out; everything else is quiet.
 */
import { useState } from "preact/hooks";
import type { Command } from "../protocol/panel";
import { isLive, type Shown } from "./format";
import { Action } from "./parts";
import { horizontal, rove } from "./roving";
import type { Store } from "./store";

interface Props {
  readonly store: Store;
  readonly view: Shown;
}

interface Item {
  readonly command: Command;
  readonly icon: string;
  readonly label: string;
  readonly text?: string;
  readonly kind?: "primary";
  readonly enabled: boolean;
}

/** One tab stop for the buttons; the setting beside them is another. */
export function Toolbar({ store, view }: Props) {
  const [stop, setStop] = useState(2);
  const items = itemsOf(view);
  const onKeyDown = (event: KeyboardEvent & { currentTarget: HTMLElement }) => {
    rove(event, [...event.currentTarget.querySelectorAll<HTMLElement>("button")], horizontal);
  };
  return (
    <div class="bar">
      <div class="buttons" role="toolbar" aria-label="Run" onKeyDown={onKeyDown}>
        {items.map(({ command, enabled, ...item }, index) => (
          <Action
            key={index}
            {...item}
            disabled={!enabled}
            tabIndex={index === stop ? 0 : -1}
            onFocus={() => setStop(index)}
            onClick={() => store.command(command)}
          />
        ))}
      </div>
      <span class="separator" aria-hidden="true" />
      <span class="policy" title="The policy that picks the next task">
        Round-robin
      </span>
      <Until store={store} view={view} />
    </div>
  );
}

function itemsOf(view: Shown): Item[] {
  const { status, head, cursor } = view;
  const running = status === "running";
  const over = status === "empty" || status === "loading";
  const goes = status === "paused" && view.tasks.length > 0;
  const run: Item = running
    ? { command: "pause", icon: "debug-pause", label: "Pause", text: "Pause", enabled: true }
    : { command: "run", icon: "run-all", label: "Run", text: "Run", enabled: goes };
  const back = !running && !over && head > 0 && cursor > 0;
  const step = goes || (!running && !over && !isLive(view));
  return [
    { command: "restart", icon: "debug-restart", label: "Restart", enabled: !over },
    { command: "stepBack", icon: "debug-step-back", label: "Step back", enabled: back },
    { command: "step", icon: "debug-step-over", label: "Step", text: "Step", kind: "primary", enabled: step },
    run,
    { command: "stop", icon: "debug-stop", label: "Stop", enabled: running || status === "paused" || status === "loading" },
    { command: "addTask", icon: "add", label: "Add task", enabled: status === "paused" || status === "finished" },
  ];
}

function Until({ store, view }: Props) {
  const onChange = (event: Event & { currentTarget: HTMLSelectElement }) => {
    store.setUntil(event.currentTarget.value === "all" ? "all" : "first");
  };
  return (
    <select class="until" aria-label="Run until" title="When a run pauses by itself" value={view.until} onChange={onChange}>
      <option value="first">until first return</option>
      <option value="all">until all tasks finish</option>
    </select>
  );
}
