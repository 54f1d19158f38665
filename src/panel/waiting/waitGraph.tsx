/**
 * The section "Who waits for whom": the wait-for graph of the selected step, as a picture or as text.
 */
import { useRef, useState } from "preact/hooks";
import type { Waiting } from "../../protocol/waitView";
import { Section } from "../common/elements";
import type { Store } from "../model/store";
import { isRacing } from "../now/statusSentence";
import { grouped, type Shown } from "../text/format";
import { Picture } from "./picture";
import { shownGraph } from "./shownGraph";
import { WaitText } from "./waitText";

interface Props {
  readonly store: Store;
  readonly view: Shown;
}

/** The height reserved for the section, in pixels, so that the page below does not move at every step of a run. */
const mostKept = 180;

/** Present once a task has waited for another in this run. */
export function WaitGraph({ store, view }: Props) {
  const [asText, setAsText] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const seen = useRef({ run: -1, height: 0 });
  const waiting = view.waiting?.edges.length ? view.waiting : undefined;
  if (seen.current.run !== view.run && !waiting) return null;
  const before = seen.current.run === view.run ? Math.max(seen.current.height, box.current?.offsetHeight ?? 0) : 0;
  seen.current = { run: view.run, height: Math.min(mostKept, before) };
  const toggle = (
    <button type="button" class="place link" aria-pressed={asText} onClick={() => setAsText(!asText)}>
      as text
    </button>
  );
  return (
    <Section
      store={store}
      title="Who waits for whom"
      note={waiting ? noteOf(waiting) : "nobody"}
      beside={toggle}
      byDefault="open"
    >
      <div ref={box} class="wait-graph" style={{ minHeight: `${seen.current.height}px` }}>
        {waiting && !isRacing(view) && <Content store={store} view={view} waiting={waiting} asText={asText} />}
      </div>
    </Section>
  );
}

function Content({ store, view, waiting, asText }: Props & { waiting: Waiting; asText: boolean }) {
  const graph = shownGraph(waiting);
  return (
    <>
      {asText ? (
        <WaitText store={store} view={view} waiting={waiting} />
      ) : (
        <Picture store={store} view={view} waiting={waiting} graph={graph} />
      )}
      {!asText && graph.leftOut > 0 && <p class="dim left-out">{leftOutText(graph.leftOut, waiting)}</p>}
      {waiting.leftOut !== undefined && <p class="dim left-out">{grouped(waiting.leftOut)} more waits are not shown.</p>}
    </>
  );
}

function leftOutText(tasks: number, { cycles }: Waiting): string {
  const shown = cycles.length > 0 ? "Only the cycle and its neighbours are drawn" : "Only the first tasks are drawn";
  return `${shown}: ${grouped(tasks)} more ${tasks === 1 ? "task waits or holds" : "tasks wait or hold"} something. The text has all of them.`;
}

function noteOf({ cycles, edges }: Waiting): string {
  if (cycles.length > 0) return cycles.length === 1 ? "deadlock" : `${cycles.length} deadlocks`;
  const waiting = new Set(edges.flatMap((edge) => (edge.kind === "held" ? [] : [edge.task]))).size;
  if (waiting === 0) return "nobody waits";
  return waiting === 1 ? "1 task waits" : `${grouped(waiting)} tasks wait`;
}
