// biome-ignore-all lint/a11y/useSemanticElements: an ARIA grid with its own keyboard, laid out by CSS
// biome-ignore-all lint/a11y/useFocusableInteractive: the controls in its cells are focused
/**
 * The section Warnings: findings about how the tasks behave, with buttons that select the steps that show them.
 */
import { Fragment } from "preact";
import type { Warning } from "../../protocol/warnings";
import { Action, Section, TaskName } from "../common/elements";
import { useTabStop } from "../common/tabStop";
import type { Store } from "../model/store";
import { grouped, type Shown, taskName } from "../text/format";
import { oneLine } from "../text/text";
import { explanations, noteOf } from "./warningText";

interface Props {
  readonly store: Store;
  readonly view: Shown;
}

/** Absent while there are no warnings. */
export function Warnings({ store, view }: Props) {
  const { warnings } = view;
  if (!warnings) return null;
  const { list, more, silenced } = warnings;
  return (
    <Section store={store} title="Warnings" note={noteOf(warnings)} byDefault="open">
      {list.length > 0 && <List store={store} view={view} list={list} />}
      {more > 0 && <p class="dim more">{grouped(more)} more.</p>}
      {silenced > 0 && (
        <p class="dim more">
          {grouped(silenced)} silenced.{" "}
          <Action
            label="Show the warnings that were silenced in this session"
            text="Show them"
            onClick={() => store.send({ type: "showSilenced" })}
          />
        </p>
      )}
    </Section>
  );
}

function List({ store, view, list }: Props & { list: readonly Warning[] }) {
  const { ref, onKeyDown, onFocusIn } = useTabStop();
  return (
    <div ref={ref} class="controls" role="grid" aria-label="Warnings" onKeyDown={onKeyDown} onFocusIn={onFocusIn}>
      {list.map((warning) => (
        <Line key={`${warning.kind} ${warning.task}`} store={store} view={view} warning={warning} />
      ))}
    </div>
  );
}

function Line({ store, view, warning }: Props & { warning: Warning }) {
  const { kind, task, steps, sentence } = warning;
  const name = taskName(view, task);
  const canSelect = view.status !== "running";
  return (
    <div role="row" data-row class="control">
      <span role="gridcell" class="kind" title={explanations[kind]}>
        <span class="codicon codicon-warning" aria-hidden="true" /> {kind}
      </span>
      <span role="gridcell" class="found-text">
        {sentence.map((segment) => {
          if ("task" in segment) return <TaskName view={view} id={segment.task} />;
          if ("resource" in segment) return <code class="value">{oneLine(segment.resource)}</code>;
          return segment.text;
        })}
      </span>
      <span role="gridcell" class="ways">
        {steps.map((step, index) => (
          <Fragment key={step}>
            {index > 0 && " "}
            <Action
              label={`Show step ${grouped(step)}`}
              text={`step ${grouped(step)}`}
              disabled={!canSelect}
              onClick={() => store.select(step)}
            />
          </Fragment>
        ))}
        <Action
          icon="bell-slash"
          label={`Silence ${kind} for tasks named ${name}`}
          onClick={() => store.send({ type: "silence", kind, task: view.names.get(task) ?? name })}
        />
        <Action
          icon="mute"
          label={`Silence all warnings of the kind ${kind}`}
          onClick={() => store.send({ type: "silence", kind })}
        />
      </span>
    </div>
  );
}
