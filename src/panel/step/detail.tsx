/**
 * The step at the cursor: its value, the locals and the stack after it, the watches, and what it printed.
 */

import { Heading, TaskName } from "../common/elements";
import { Rebuild } from "../common/rebuild";
import { StableHeight } from "../common/stableHeight";
import type { Store } from "../model/store";
import { isRunning } from "../now/statusSentence";
import { WhyThen } from "../policy/why";
import { grouped, type Shown } from "../text/format";
import { Watches } from "../watches/watches";
import { Output } from "./output";
import { TaskSteps } from "./taskSteps";
import { Tree } from "./tree";

interface Props {
  readonly store: Store;
  readonly view: Shown;
}

/** Draws nothing until the host has sent the detail; during a run it may lag behind. */
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
      <StableHeight isKept={isRunning(view)}>
        {detail && !view.observed && <WhyThen view={view} step={detail.step} />}
        {detail && <Tree store={store} nodes={store.tree.nodes()} />}
        {view.rebuild && <Rebuild store={store} view={view} rebuild={view.rebuild} />}
      </StableHeight>
      <Watches store={store} view={view} />
      <Output store={store} view={view} />
    </section>
  );
}
