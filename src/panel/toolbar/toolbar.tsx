/**
 * The commands. Step is the most prominent one.
 */
import { useRef, useState } from "preact/hooks";
import type { Command } from "../../protocol/panel";
import { Action } from "../common/elements";
import { Menu, type MenuItem } from "../common/menu";
import { horizontal, moveFocus } from "../common/rovingFocus";
import type { Store } from "../model/store";
import { isWalking } from "../now/statusSentence";
import { PolicyButton, PolicyNote, PolicyProblem } from "../policy/policyButton";
import { PolicyForm } from "../policy/policyForm";
import { decidesItself, isLive, type Shown } from "../text/format";
import { type Question, RunForm } from "./runForm";
import { Exempt, Threads } from "./threads";
import { tooltip } from "./tooltips";
import { WalkSpeed } from "./walkSpeed";

interface Props {
  readonly store: Store;
  readonly view: Shown;
}

type MenuName = "runMenu" | "restartMenu";

interface Item {
  /** A command, or a menu with more ways to run or to restart. */
  readonly command: Command | MenuName;
  readonly icon: string;
  readonly label: string;
  readonly text?: string;
  readonly kind?: "primary";
  readonly enabled: boolean;
}

/** The buttons have one tab stop; the settings beside them have their own. */
export function Toolbar({ store, view }: Props) {
  const [question, ask] = useState<Question>();
  const [choosing, choose] = useState(false);
  const [listing, list] = useState(false);
  const bar = useRef<HTMLDivElement>(null);
  const focus = (label: string) => bar.current?.querySelector<HTMLElement>(`[aria-label^="${label}"]`)?.focus();
  const answered = () => {
    ask(undefined);
    focus("More ways to run");
  };
  const chosen = () => {
    choose(false);
    focus("Policy: ");
  };
  const isChosenHere = !view.recorded && !view.observed;
  const isChoosing = choosing && isChosenHere && canChoose(view);
  return (
    <>
      <div ref={bar} class="bar">
        <Buttons store={store} view={view} ask={ask} />
        <span class="separator" aria-hidden="true" />
        {view.recorded && <ReadOnly view={view} from={view.recorded} />}
        {view.observed && <Observed />}
        {view.threads && <Threads points={view.threads} exempt={view.exempt} open={listing} onClick={() => list(!listing)} />}
        {view.processes && <Processes count={view.tasks.length} />}
        {isChosenHere && (
          <>
            {canChoose(view) && <PolicyButton view={view} open={choosing} onClick={() => choose(!choosing)} />}
            <Until store={store} view={view} />
          </>
        )}
      </div>
      {question && canRun(view) && <RunForm key={question} store={store} view={view} question={question} onClose={answered} />}
      {isChoosing && <PolicyForm store={store} view={view} onClose={chosen} />}
      {isChosenHere && <PolicyProblem store={store} view={view} onChoose={() => choose(true)} />}
      {listing && view.exempt && <Exempt store={store} exempt={view.exempt} />}
      {isWalking(view) && <WalkSpeed store={store} />}
    </>
  );
}

/** The policy can also be chosen during a run. */
function canChoose({ status }: Shown): boolean {
  return status !== "empty" && status !== "loading";
}

/** Stands where a policy would be. */
function Observed() {
  return (
    <span class="observed" title={`${decidesItself} There is no policy, and no task can be picked, held back or added.`}>
      <span class="codicon codicon-eye" aria-hidden="true" /> Observed: its own scheduler decides
    </span>
  );
}

/** Each task has a process of its own. */
function Processes({ count }: { count: number }) {
  const where = count === 1 ? "The task runs in a process" : `The ${count} tasks run in processes`;
  return (
    <span
      class="threads"
      title={`${where} of ${count === 1 ? "its" : "their"} own, with a state of ${count === 1 ? "its" : "their"} own. Run lets all go on at the same time; Step lets one make a step.`}
    >
      <span class="codicon codicon-server-process" aria-hidden="true" /> Processes
    </span>
  );
}

const origins: Record<NonNullable<Shown["recorded"]>, string> = {
  file: "This trace was read from a file. Its tasks cannot be run; the cursor moves through the recorded steps.",
  reload: "The process of this session is gone. Restart runs the same tasks again.",
};

/** Why the tasks cannot be run. */
function ReadOnly({ view, from }: { view: Shown; from: NonNullable<Shown["recorded"]> }) {
  return (
    <>
      <span class="recorded" title={origins[from]}>
        <span class="codicon codicon-lock" aria-hidden="true" /> Recorded, read only
      </span>
      <PolicyNote view={view} />
    </>
  );
}

interface ButtonsProps extends Props {
  readonly ask: (question: Question) => void;
}

function Buttons({ store, view, ask }: ButtonsProps) {
  const items = itemsOf(view);
  const [stop, setStop] = useState(items.findIndex(({ command }) => command === "step")); // the first tab stop
  const [menu, setMenu] = useState<{ name: MenuName; opener: HTMLElement }>();
  const box = useRef<HTMLDivElement>(null);
  const open = items.find(({ command }) => command === menu?.name && menu !== undefined);
  const onKeyDown = (event: KeyboardEvent & { currentTarget: HTMLElement }) => {
    moveFocus(event, [...event.currentTarget.querySelectorAll<HTMLElement>("button")], horizontal);
  };
  const toggle = (name: MenuName, index: number) => {
    const opener = box.current?.querySelectorAll<HTMLElement>("button")[index];
    setMenu(menu?.name === name || !opener ? undefined : { name, opener });
  };
  return (
    <>
      <div ref={box} class="buttons" role="toolbar" aria-label="Run" onKeyDown={onKeyDown}>
        {items.map(({ command, enabled, ...item }, index) => (
          <Action
            key={index}
            {...item}
            tooltip={tooltip(command, item.label)}
            disabled={!enabled}
            expanded={isMenu(command) ? menu?.name === command : undefined}
            tabIndex={index === stop ? 0 : -1}
            onFocus={() => setStop(index)}
            onClick={() => (isMenu(command) ? toggle(command, index) : store.command(command))}
          />
        ))}
      </div>
      {menu && open?.enabled && (
        <Menu
          key={menu.name}
          label={open.label}
          items={menu.name === "runMenu" ? waysToRun(store, view, ask) : waysToRestart(store, view)}
          opener={menu.opener}
          onClose={() => setMenu(undefined)}
        />
      )}
    </>
  );
}

function isMenu(command: Item["command"]): command is MenuName {
  return command === "runMenu" || command === "restartMenu";
}

/** During a run its pace can be changed; where it ends was chosen when it started. */
function waysToRun(store: Store, view: Shown, ask: (question: Question) => void): MenuItem[] {
  const refusal = view.status === "running" ? "Pause first." : undefined;
  const pace = isWalking(view)
    ? { label: "Run at full speed", act: () => store.command("run") }
    : { label: "Run slowly", act: () => store.walk(store.speed) };
  return [
    pace,
    { label: "Run N steps…", refusal, act: () => ask("steps") },
    { label: "Run to step…", refusal, act: () => ask("to") },
    { label: "Explore orders", refusal: refusalOf(view), act: () => store.command("exploreOrders") },
  ];
}

/** To run it again, now or another day. */
function waysToRestart(store: Store, view: Shown): MenuItem[] {
  const { head, tasks, virtual } = view;
  const observed = refusalOf(view);
  const refusal = observed ?? (head === 0 ? "No step has run yet." : undefined);
  return [
    { label: "Restart with the same schedule", refusal, act: () => store.send({ type: "restartSame", what: "schedule" }) },
    {
      label: "Restart with the same policy and seed",
      refusal: observed,
      act: () => store.send({ type: "restartSame", what: "policy" }),
    },
    virtual
      ? { label: "Restart under real time", act: () => store.send({ type: "restartUnder", condition: "real time" }) }
      : {
          label: "Restart under virtual time",
          refusal: view.processes && "Tasks in processes run at the same time, which is real.",
          act: () => store.send({ type: "restartUnder", condition: "virtual time" }),
        },
    ...otherWays(view).map(({ way, label }) => ({
      label,
      refusal: observed,
      act: () => store.send({ type: "restartUnder", condition: way }),
    })),
    { label: "Compare ways of working…", refusal: observed, act: () => store.command("compareWays") },
    {
      label: "Save as setup…",
      refusal: !observed && tasks.length === 0 ? "There are no tasks yet." : undefined,
      act: () => store.command("saveSetup"),
    },
  ];
}

const wayLabels = [
  { way: "cooperative", label: "Restart as cooperative tasks" },
  { way: "threads", label: "Restart as threads" },
  { way: "processes", label: "Restart as processes" },
] as const;

/** The ways in which the tasks do not work now. */
function otherWays({ threads, processes }: Shown) {
  const now = processes ? "processes" : threads ? "threads" : "cooperative";
  return wayLabels.filter(({ way }) => way !== now);
}

function refusalOf({ observed }: Shown): string | undefined {
  return observed && decidesItself;
}

function isStarting({ status, starting }: Shown): boolean {
  return status === "loading" || starting !== undefined;
}

function canRun(view: Shown): boolean {
  return view.status === "paused" && (view.tasks.length > 0 || view.observed === true);
}

function itemsOf(view: Shown): Item[] {
  const { status, head, cursor, exploring } = view;
  const running = status === "running";
  const over = status === "empty" || status === "loading";
  const goes = canRun(view);
  const run: Item = running
    ? { command: "pause", icon: "debug-pause", label: "Pause", text: "Pause", enabled: true }
    : { command: "run", icon: "run-all", label: "Run", text: "Run", enabled: goes };
  const back = !running && !over && head > 0 && cursor > 0;
  const step = goes || (!running && !over && !isLive(view));
  const mayWrite = !running && !over;
  const hasOutcomes = (exploring?.search?.outcomes.length ?? 0) > 0;
  const save: Item = { command: "saveTrace", icon: "save", label: "Save trace", enabled: mayWrite && (head > 0 || hasOutcomes) };
  const send: Item = { command: "exportTrace", icon: "export", label: "Export trace", enabled: mayWrite && head > 0 };
  const moves: Item[] = [
    { command: "stepBack", icon: "debug-step-back", label: "Step back", enabled: back },
    { command: "step", icon: "debug-step-over", label: "Step", text: "Step", kind: "primary", enabled: step },
  ];
  if (view.recorded === "file") return [...moves, save, send];
  return [
    { command: "restart", icon: "debug-restart", label: "Restart", enabled: !over },
    { command: "restartMenu", icon: "chevron-down", label: "More ways to restart", enabled: !over && !view.recorded },
    ...moves,
    run,
    { command: "runMenu", icon: "chevron-down", label: "More ways to run", enabled: goes || (running && !view.replaying) },
    { command: "stop", icon: "debug-stop", label: "Stop", enabled: running || status === "paused" || isStarting(view) },
    ...(view.observed ? [] : [addTask(status)]),
    save,
    send,
  ];
}

function addTask(status: Shown["status"]): Item {
  return { command: "addTask", icon: "add", label: "Add task", enabled: status === "paused" || status === "finished" };
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
