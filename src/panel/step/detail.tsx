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
import { Looked } from "./looked";
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
  const when = step === 0 ? "Before step 1" : `Step ${grouped(step)}`;
  const task = detail?.task;
  const name = task !== undefined && <TaskName view={view} id={task} />;
  const isLooked = detail?.looked !== undefined;
  return (
    <section class="detail" aria-label={`Step ${step}`}>
      <Heading>
        {isLooked ? (
          <>
            {name} <span>{step === 0 ? "before step 1" : `at step ${grouped(step)}`}</span>
          </>
        ) : (
          <>
            {when} {name}
          </>
        )}
        {task !== undefined && <TaskSteps store={store} view={view} task={task} isLooked={isLooked} />}
      </Heading>
      {detail?.looked && task !== undefined && (
        <Looked store={store} task={task} told={detail.looked.told} back={`Back to ${when.toLowerCase()}`} />
      )}
      <StableHeight isKept={isRunning(view)}>
        {detail && !detail.looked && !view.observed && <WhyThen view={view} step={detail.step} />}
        {detail && <Tree store={store} nodes={store.tree.nodes()} />}
        {view.rebuild && <Rebuild store={store} view={view} rebuild={view.rebuild} />}
      </StableHeight>
      <Watches store={store} view={view} />
      <Output store={store} view={view} />
    </section>
  );
}
