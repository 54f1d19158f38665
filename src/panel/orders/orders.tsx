/**
 * The section Orders: a search over the orders of the session's tasks, and the outcomes that it met.
 */
import type { SearchState } from "../../protocol/exploration";
import { Action, Section } from "../common/elements";
import { useShownAtStart } from "../common/useShownAtStart";
import type { Store } from "../model/store";
import { grouped, type Shown } from "../text/format";
import { manyLines, oneLine } from "../text/text";
import { OrdersForm } from "./ordersForm";
import { announced, askedText, isUnderWay, noteOf, ordersText, outdatedText } from "./ordersText";
import { OutcomeTable } from "./outcomeTable";
import { States } from "./states/states";

interface Props {
  readonly store: Store;
  readonly view: Shown;
}

/** A section that is closed until there is a search. */
export function Orders({ store, view }: Props) {
  const { exploring } = view;
  const search = exploring?.search;
  useShownAtStart("orders", search !== undefined);
  if (!exploring) return null;
  const found = search
    ? ({ note: noteOf(search), byDefault: "open", remembered: "Orders found" } as const)
    : ({ byDefault: "closed" } as const);
  return (
    <Section store={store} title="Orders" {...found}>
      {view.recorded !== "file" && (
        <OrdersForm store={store} view={view} asked={exploring} isBusy={search !== undefined && isUnderWay(search)} />
      )}
      {search && <Search store={store} view={view} search={search} />}
      <span class="unseen" role="status" aria-label="Exploring">
        {search && announced(search, view.recorded)}
      </span>
    </Section>
  );
}

interface SearchProps extends Props {
  readonly search: SearchState;
}

function Search({ store, view, search }: SearchProps) {
  const { outcomes, more, says, verdicts, problem, status, graph } = search;
  const changed = outdatedText(search, view.recorded === "file");
  const isUnfinished = isUnderWay(search);
  return (
    <>
      {(view.recorded === "file" || search.restored) && <p class="about-figures dim">{askedText(search)}</p>}
      {isUnfinished && <Progress store={store} view={view} search={search} />}
      {problem !== undefined && (
        <p class={`about-figures ${status === "failed" ? "error" : ""}`} role="alert">
          {manyLines(problem)}
        </p>
      )}
      {changed !== undefined && <p class="about-figures dim">{changed}</p>}
      {outcomes.length > 0 && <OutcomeTable store={store} view={view} search={search} />}
      {more > 0 && <p class="about-figures dim">{grouped(more)} more outcomes, each rarer than these.</p>}
      {says.length > 0 && (
        <ul class="claims" aria-label="What can be said">
          {[...says, ...verdicts.map(({ text }) => text)].map((sentence) => (
            <li key={sentence}>{oneLine(sentence)}</li>
          ))}
        </ul>
      )}
      {graph && <States store={store} view={view} search={search} state={graph} />}
      {!isUnfinished && !view.recorded && (
        <div class="about-figures">
          <Action kind="secondary" label="Discard these outcomes" text="Discard" onClick={() => steer(store, "dismiss")} />
        </div>
      )}
    </>
  );
}

/** How far the search is, and the buttons that steer it. They stay in place, so that the focus does. */
function Progress({ store, search }: SearchProps) {
  const { status, rate } = search;
  const isPaused = status === "paused";
  const isExplaining = status === "explaining";
  return (
    <p class="about-figures exploring">
      {!isPaused && <span class="codicon codicon-loading codicon-modifier-spin" aria-hidden="true" />}
      <span>
        {isExplaining ? "Explaining" : isPaused ? "Paused" : "Exploring"}: {ordersText(search)}
        {status === "searching" && rate >= 1 && <span class="dim">, {grouped(Math.round(rate))} a second</span>}
      </span>
      <Action
        kind="secondary"
        label={isPaused ? "Go on exploring" : "Pause exploring"}
        text={isPaused ? "Go on" : "Pause"}
        disabled={isExplaining}
        onClick={() => steer(store, isPaused ? "goOn" : "pause")}
      />
      <Action
        kind="secondary"
        label="End exploring, and keep what was found"
        text="Cancel"
        onClick={() => steer(store, "cancel")}
      />
    </p>
  );
}

function steer(store: Store, act: "pause" | "goOn" | "cancel" | "dismiss"): void {
  store.send({ type: "steerSearch", act });
}
