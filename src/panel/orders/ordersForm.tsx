/**
 * What is asked of every order, how the orders are chosen, and the button that begins the search.
 */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { takeBack } from "../common/escape";
import type { Store } from "../model/store";
import type { Shown } from "../text/format";

interface Props {
  readonly store: Store;
  readonly view: Shown;
  readonly asked: NonNullable<Shown["exploring"]>;
  /** A search is under way: another one can be asked for when that is over. */
  readonly isBusy: boolean;
}

/** The longest text that is kept while it is not asked yet. */
const mostTyped = 10_000;

/** The strategies to choose from, by what the tasks are. The command line has more. */
const ofTasks = [
  { value: "", label: "all, if not too many" },
  { value: "merging", label: "all, merging states" },
  { value: "delays:d=1", label: "at most 1 deviation" },
  { value: "delays:d=2", label: "at most 2 deviations" },
  { value: "random", label: "random" },
];
const ofThreads = [
  { value: "", label: "all, if not too many" },
  { value: "preemptions:n=0", label: "no preemption" },
  { value: "preemptions:n=1", label: "at most 1 preemption" },
  { value: "preemptions:n=2", label: "at most 2 preemptions" },
  { value: "random", label: "random" },
];

export function OrdersForm({ store, view, asked, isBusy }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const [problem, setProblem] = useState("");
  useLayoutEffect(() => {
    for (const [name, text] of Object.entries(store.typed)) {
      const field = form.current?.elements.namedItem(name);
      if (field instanceof HTMLInputElement) field.value = text;
    }
  }, [store]);
  const type = ({ target }: Event) => {
    if (target instanceof HTMLInputElement) store.typed = { ...store.typed, [target.name]: target.value.slice(0, mostTyped) };
  };
  const back = (event: KeyboardEvent) => {
    if (takeBack(event)) type(event);
  };
  const submit = (event: Event) => {
    event.preventDefault();
    if (isBusy) return;
    const isEmpty = view.tasks.length === 0;
    setProblem(isEmpty ? "There is no task to run yet." : "");
    if (isEmpty || !form.current) return;
    const given = new FormData(form.current);
    const textOf = (name: string) => String(given.get(name) ?? "").trim();
    const strategy = textOf("strategy");
    store.typed = {};
    store.send({
      type: "exploreOrders",
      check: textOf("check"),
      invariant: textOf("invariant"),
      ...(strategy === "" ? {} : { strategy }),
    });
  };
  return (
    <form ref={form} class="ask explore-orders" noValidate onSubmit={submit} onInput={type} onKeyDown={back}>
      <label>
        <span>Check at the end</span>
        <input
          key={asked.check}
          name="check"
          class="field code"
          defaultValue={asked.check}
          placeholder="an expression that must hold"
          spellcheck={false}
        />
      </label>
      <label>
        <span>Invariant</span>
        <input
          key={asked.invariant}
          name="invariant"
          class="field code"
          defaultValue={asked.invariant}
          placeholder="an expression that must hold after every step"
          spellcheck={false}
        />
      </label>
      <label>
        <span>Orders</span>
        <select
          key={asked.strategy}
          name="strategy"
          class="field"
          title={view.recorded || view.threads ? undefined : `Deviations are counted from ${asked.policy}`}
        >
          {(view.threads ? ofThreads : ofTasks).map(({ value, label }) => (
            <option key={value} value={value} selected={value === asked.strategy}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" class="action secondary" aria-disabled={isBusy}>
        Explore
      </button>
      <span class="error" role="alert">
        {problem}
      </span>
      <p class="dim hint">
        {view.recorded
          ? "The tasks are started again, and run from the beginning in many orders, in fresh processes."
          : "The tasks of this session run from the beginning in many orders, in fresh processes; the session itself stays as it is."}
      </p>
    </form>
  );
}
