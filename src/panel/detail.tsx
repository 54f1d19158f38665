/**
 * The step at the cursor: its value, the locals and the stack it left, the watches, and what it printed.
 */
import type { Printed } from "../protocol/panel";
import { grouped, type Shown } from "./format";
import { KeptHeight } from "./keptHeight";
import { WhyThen } from "./order/why";
import { Heading, TaskName } from "./parts";
import { Rebuild } from "./rebuild";
import { isRunning } from "./sentence";
import type { Store } from "./store";
import { TaskSteps } from "./taskSteps";
import { manyLines } from "./text";
import { Tree } from "./tree";
import { Watches } from "./watches";

interface Props {
  readonly store: Store;
  readonly view: Shown;
}

/** Nothing is drawn of it before the host sent it; while running it may trail. */
export function Detail({ store, view }: Props) {
  const { detail } = view;
  const step = detail?.step ?? view.cursor;
  return (
    <section class="detail" aria-label={`Step ${step}`}>
      <Heading>
        {step === 0 ? "Before step 1" : `Step ${grouped(step)}`}{" "}
        {detail?.task !== undefined && <TaskName view={view} id={detail.task} />}
        {detail?.task !== undefined && <TaskSteps store={store} view={view} task={detail.task} />}
      </Heading>
      <KeptHeight isKept={isRunning(view)}>
        {detail && <WhyThen view={view} step={detail.step} />}
        {detail && <Tree store={store} nodes={store.tree.nodes()} />}
        {view.rebuild && <Rebuild store={store} view={view} rebuild={view.rebuild} />}
      </KeptHeight>
      <Watches store={store} view={view} />
      <Heading>Output of this step</Heading>
      <Output output={detail?.output ?? []} lostFrom={detail?.outputLostFrom} />
    </section>
  );
}

function Output({ output, lostFrom }: { output: readonly Printed[]; lostFrom: number | undefined }) {
  if (output.length === 0) return <div class="output dim">{lostFrom === undefined ? "nothing printed" : lostText(lostFrom)}</div>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and so must be reached by keyboard
    <section class="output" aria-label="Output of this step" tabIndex={0}>
      {output.map(({ stream, text, dropped }, index) => (
        <div key={index} class={stream}>
          {stream === "stderr" && <span class="stream">stderr </span>}
          <bdi>{manyLines(text)}</bdi>
          {dropped !== undefined && dropped > 0 && <div class="dropped">… {grouped(dropped)} more characters were dropped</div>}
        </div>
      ))}
      {lostFrom !== undefined && <div class="dropped">{lostText(lostFrom)}</div>}
    </section>
  );
}

function lostText(from: number): string {
  return `What was printed from step ${grouped(from)} on is not kept.`;
}
