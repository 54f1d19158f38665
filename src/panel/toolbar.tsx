/**
 * The commands. Step is the one that stands out; everything else is quiet.
 */
import { useRef, useState } from "preact/hooks";
import type { Command } from "../protocol/panel";
import { isLive, type Shown } from "./format";
import { Menu, type MenuItem } from "./menu";
import { Action } from "./parts";
import { horizontal, rove } from "./roving";
import { type Question, RunForm } from "./runForm";
import { isWalking } from "./sentence";
import type { Store } from "./store";
import { WalkSpeed } from "./walkSpeed";

interface Props {
  readonly store: Store;
  readonly view: Shown;
}

interface Item {
  /** A command, or the menu of the other ways to run. */
  readonly command: Command | "menu";
  readonly icon: string;
  readonly label: string;
  readonly text?: string;
  readonly kind?: "primary";
  readonly enabled: boolean;
}

/** One tab stop for the buttons; the setting beside them is another. */
export function Toolbar({ store, view }: Props) {
  const [question, ask] = useState<Question>();
  const buttons = useRef<HTMLDivElement>(null);
  const opener = () => buttons.current?.querySelector<HTMLElement>("[aria-haspopup]");
  const answered = () => {
    ask(undefined);
    opener()?.focus();
  };
  return (
    <>
      <div class="bar">
        <Buttons store={store} view={view} box={buttons} ask={ask} />
        <span class="separator" aria-hidden="true" />
        {view.recorded ? <ReadOnly from={view.recorded} /> : <Rules store={store} view={view} />}
      </div>
      {question && canRun(view) && <RunForm key={question} store={store} view={view} question={question} onClose={answered} />}
      {isWalking(view) && <WalkSpeed store={store} />}
    </>
  );
}

/** How the run goes on. */
function Rules({ store, view }: Props) {
  return (
    <>
      <span class="policy" title="The policy that picks the next task">
        Round-robin
      </span>
      <Until store={store} view={view} />
    </>
  );
}

const origins: Record<NonNullable<Shown["recorded"]>, string> = {
  file: "This trace was read from a file. Its tasks do not run; the cursor moves through what was recorded.",
  reload: "The process of this session is gone. Restart runs the same tasks again.",
};

/** Why nothing runs. */
function ReadOnly({ from }: { from: NonNullable<Shown["recorded"]> }) {
  return (
    <span class="recorded" title={origins[from]}>
      <span class="codicon codicon-lock" aria-hidden="true" /> Recorded, read only
    </span>
  );
}

interface ButtonsProps extends Props {
  readonly box: { current: HTMLDivElement | null };
  readonly ask: (question: Question) => void;
}

function Buttons({ store, view, box, ask }: ButtonsProps) {
  const items = itemsOf(view);
  const [stop, setStop] = useState(items.findIndex(({ command }) => command === "step")); // where the Tab key comes first
  const [opener, setOpener] = useState<HTMLElement>();
  const open = opener !== undefined && canRun(view);
  const onKeyDown = (event: KeyboardEvent & { currentTarget: HTMLElement }) => {
    rove(event, [...event.currentTarget.querySelectorAll<HTMLElement>("button")], horizontal);
  };
  const toggleMenu = () =>
    setOpener(open ? undefined : (box.current?.querySelector<HTMLElement>("[aria-haspopup]") ?? undefined));
  return (
    <>
      <div ref={box} class="buttons" role="toolbar" aria-label="Run" onKeyDown={onKeyDown}>
        {items.map(({ command, enabled, ...item }, index) => (
          <Action
            key={index}
            {...item}
            disabled={!enabled}
            expanded={command === "menu" ? open : undefined}
            tabIndex={index === stop ? 0 : -1}
            onFocus={() => setStop(index)}
            onClick={() => (command === "menu" ? toggleMenu() : store.command(command))}
          />
        ))}
      </div>
      {open && (
        <Menu label="More ways to run" items={waysToRun(store, ask)} opener={opener} onClose={() => setOpener(undefined)} />
      )}
    </>
  );
}

function waysToRun(store: Store, ask: (question: Question) => void): MenuItem[] {
  return [
    { label: "Run slowly", act: () => store.walk(store.speed) },
    { label: "Run N steps…", act: () => ask("steps") },
    { label: "Run to step…", act: () => ask("to") },
  ];
}

function canRun(view: Shown): boolean {
  return view.status === "paused" && view.tasks.length > 0;
}

function itemsOf(view: Shown): Item[] {
  const { status, head, cursor } = view;
  const running = status === "running";
  const over = status === "empty" || status === "loading";
  const goes = canRun(view);
  const run: Item = running
    ? { command: "pause", icon: "debug-pause", label: "Pause", text: "Pause", enabled: true }
    : { command: "run", icon: "run-all", label: "Run", text: "Run", enabled: goes };
  const back = !running && !over && head > 0 && cursor > 0;
  const step = goes || (!running && !over && !isLive(view));
  const save: Item = { command: "saveTrace", icon: "save", label: "Save trace", enabled: !running && !over && head > 0 };
  const send: Item = { ...save, command: "exportTrace", icon: "export", label: "Export trace" };
  const moves: Item[] = [
    { command: "stepBack", icon: "debug-step-back", label: "Step back", enabled: back },
    { command: "step", icon: "debug-step-over", label: "Step", text: "Step", kind: "primary", enabled: step },
  ];
  if (view.recorded === "file") return [...moves, save, send];
  return [
    { command: "restart", icon: "debug-restart", label: "Restart", enabled: !over },
    ...moves,
    run,
    { command: "menu", icon: "chevron-down", label: "More ways to run", enabled: goes },
    { command: "stop", icon: "debug-stop", label: "Stop", enabled: running || status === "paused" || status === "loading" },
    { command: "addTask", icon: "add", label: "Add task", enabled: status === "paused" || status === "finished" },
    save,
    send,
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
