/**
 * Buttons that go from the shown step to other steps of the same task.
 */
import type { places } from "../../protocol/panel";
import { Action } from "../common/elements";
import { useTabStop } from "../common/tabStop";
import type { Store } from "../model/store";
import { isLive, type Shown } from "../text/format";

interface Way {
  readonly place: (typeof places)[number];
  readonly icon: string;
  readonly label: string;
  readonly enabled: boolean;
}

interface Props {
  readonly store: Store;
  readonly view: Shown;
  readonly task: number;
  /** Whether the step that is shown is of another task. */
  readonly isLooked: boolean;
}

/** First, previous, next and last. The panel does not know what comes later, so the buttons ahead are enabled whenever a step may exist. */
export function TaskSteps({ store, view, task, isLooked }: Props) {
  const { ref, onKeyDown, onFocusIn } = useTabStop();
  const still = view.status !== "running";
  const behind = still && (view.tasks.find(({ id }) => id === task)?.steps ?? 0) > (isLooked ? 0 : 1);
  const ahead = still && !isLive(view);
  const ways: Way[] = [
    { place: "firstOfTask", icon: "debug-reverse-continue", label: "First step of this task", enabled: behind },
    { place: "previousOfTask", icon: "chevron-left", label: "Previous step of this task", enabled: behind },
    { place: "nextOfTask", icon: "chevron-right", label: "Next step of this task", enabled: ahead },
    { place: "lastOfTask", icon: "debug-continue", label: "Last step of this task", enabled: ahead },
  ];
  return (
    <div ref={ref} class="of-task" role="toolbar" aria-label="Steps of this task" onKeyDown={onKeyDown} onFocusIn={onFocusIn}>
      <span data-row>
        {ways.map(({ place, icon, label, enabled }) => (
          <Action
            key={place}
            icon={icon}
            label={label}
            disabled={!enabled}
            onClick={() => store.send({ type: "goTo", place, task })}
          />
        ))}
      </span>
    </div>
  );
}
