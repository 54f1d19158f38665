/**
 * The part States of the section Orders: the graph of states of the last search, as a picture or as a table. It is made when the part is
 * opened.
 */
import { useEffect, useState } from "preact/hooks";
import type { GraphState, SearchState, ShownStates } from "../../../protocol/exploration";
import { Action } from "../../common/elements";
import { textOf } from "../../model/findMatches";
import type { Store } from "../../model/store";
import { grouped, type Shown } from "../../text/format";
import { oneLine } from "../../text/text";
import { Picture } from "./picture";
import { StatesTable } from "./table";

interface Props {
  readonly store: Store;
  readonly view: Shown;
  readonly search: SearchState;
  readonly state: GraphState;
}

const fold = "section:States";

export function States(props: Props) {
  const { store, state } = props;
  const [isTable, setIsTable] = useState(false);
  const isOpen = store.tree.folds.isOpen(fold, "closed");
  return (
    <section class="states" aria-label="States">
      <h3>
        <button type="button" class="fold" aria-expanded={isOpen} onClick={() => store.fold(fold)}>
          <span class={`twistie codicon codicon-${isOpen ? "chevron-down" : "chevron-right"}`} aria-hidden="true" />
          States
        </button>
        {isOpen && state.status === "made" && (
          <button type="button" class="place link" aria-pressed={isTable} onClick={() => setIsTable(!isTable)}>
            as a table
          </button>
        )}
      </h3>
      {isOpen && <Content {...props} isTable={isTable} />}
    </section>
  );
}

function Content({ store, view, search, state, isTable }: Props & { readonly isTable: boolean }) {
  const { status, why = "", done, of } = state;
  const { graph, problem } = useGraph(store, status);
  useEffect(() => {
    if (status === "offered") make(store);
  }, [status]);
  const isOld = search.outdated === "file";
  const isBusy = view.replaying !== undefined;
  const closedBecause = isOld ? " (of an earlier text of the file)" : isBusy ? " (not while a branch is replayed)" : "";
  const open = isOld || isBusy ? undefined : (point: number) => store.send({ type: "openState", point });
  const Drawing = isTable ? StatesTable : Picture;
  return (
    <>
      <p class="about-figures exploring" role="status" aria-label="Graph of states">
        {why !== "" && <span>{oneLine(why)}</span>}
        {(status === "offered" || status === "making") && (
          <span>
            Making the graph of states: {grouped(done)} of {grouped(of)} orders.
          </span>
        )}
        {status === "cancelled" && <span>The graph of states was cancelled.</span>}
        {status === "made" && (graph ? summaryOf(graph) : oneLine(problem))}
      </p>
      {status === "making" && (
        <div class="about-figures">
          <Action
            kind="secondary"
            label="Cancel the graph of states"
            text="Cancel"
            onClick={() => store.send({ type: "steerSearch", act: "cancelStates" })}
          />
        </div>
      )}
      {status === "cancelled" && (
        <div class="about-figures">
          <Action kind="secondary" label="Make the graph of states" text="Make" onClick={() => make(store)} />
        </div>
      )}
      {status === "made" && graph && <Drawing graph={graph} file={view.file} open={open} closedBecause={closedBecause} />}
    </>
  );
}

/** The graph, requested once it is made, and why it did not come. */
function useGraph(
  store: Store,
  status: GraphState["status"],
): { readonly graph: ShownStates | undefined; readonly problem: string } {
  const [answer, setAnswer] = useState<{ graph?: ShownStates; problem?: string }>({});
  useEffect(() => {
    let isWanted = true;
    const take = (got: typeof answer) => isWanted && setAnswer(got);
    take({});
    if (status === "made") {
      store.wire.ask("states", (id) => ({ type: "states", id })).then(take, (error) => take({ problem: textOf(error) }));
    }
    return () => {
      isWanted = false;
    };
  }, [status]);
  return { graph: answer.graph, problem: answer.problem ?? "" };
}

function summaryOf({ points }: ShownStates): string {
  const chances = points.filter(({ isLastChance }) => isLastChance).length;
  const failing = points.filter(({ fate }) => fate === "failing").length;
  const states = `${grouped(points.length)} state${points.length === 1 ? "" : "s"}`;
  if (failing === 0) return `${states}. No order fails.`;
  if (failing === points.length) return `${states}. Every order fails.`;
  const many = chances === 1 ? "1 is a point of no return" : `${grouped(chances)} are points of no return`;
  return `${states}. From ${grouped(failing)} of them every order fails; ${many}.`;
}

function make(store: Store): void {
  store.send({ type: "steerSearch", act: "makeStates" });
}
