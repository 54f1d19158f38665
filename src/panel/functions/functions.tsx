// biome-ignore-all lint/a11y/useSemanticElements: an ARIA grid with its own keyboard, laid out by CSS
// biome-ignore-all lint/a11y/useFocusableInteractive: the controls in its cells are focused
/**
 * Which functions of an observed program count as tasks.
 */
import { functionOf } from "../../core/task";
import { Section } from "../common/elements";
import { useTabStop } from "../common/tabStop";
import { useChosen } from "../common/useChosen";
import type { Store } from "../model/store";
import { grouped, type Shown } from "../text/format";
import { oneLine } from "../text/text";
import { type Counts, countsOf, countsText, decide } from "./decide";

interface Props {
  readonly store: Store;
  readonly view: Shown;
}

interface Listed {
  readonly name: string;
  /** The number of its tasks. */
  readonly tasks: number;
}

/** Absent while no function was seen. Of a recording, only what was decided is shown. */
export function Functions({ store, view }: Props) {
  const listed = listedOf(view);
  const decided = Object.keys(view.functions?.decided ?? {}).length;
  if (listed.length === 0) return null;
  return (
    <Section store={store} title="Functions" note={noteOf(decided)} byDefault="closed">
      <List store={store} view={view} listed={listed} />
      {!view.recorded && <p class="dim more">Kept with the file. What is decided here takes effect with Restart.</p>}
    </Section>
  );
}

function noteOf(decided: number): string {
  return decided === 0 ? "which count as tasks" : `which count as tasks, ${grouped(decided)} decided`;
}

/** The functions of the tasks, those that were iterated over, and those that were decided on. */
function listedOf({ tasks, functions, recorded }: Shown): Listed[] {
  const { iterated = [], decided = {} } = functions ?? {};
  const known = new Map<string, number>();
  for (const task of recorded ? [] : tasks) known.set(functionOf(task), (known.get(functionOf(task)) ?? 0) + 1);
  for (const name of [...iterated, ...Object.keys(decided)]) known.set(name, known.get(name) ?? 0);
  return [...known].map(([name, count]) => ({ name, tasks: count }));
}

function List({ store, view, listed }: Props & { listed: readonly Listed[] }) {
  const { ref, onKeyDown, onFocusIn } = useTabStop();
  return (
    <div ref={ref} class="controls" role="grid" aria-label="Functions" onKeyDown={onKeyDown} onFocusIn={onFocusIn}>
      {listed.map((each) => (
        <Line key={each.name} store={store} view={view} {...each} />
      ))}
    </div>
  );
}

function Line({ store, view, name, tasks }: Props & Listed) {
  const [counts, choose] = useChosen(countsOf(view, name));
  return (
    <div role="row" data-row class="control">
      <span role="gridcell" class="subject" title={oneLine(name)}>
        <bdi class="value">{oneLine(name)}</bdi>
        <span class="dim"> {tasksText(tasks)}</span>
      </span>
      <span role="gridcell" class="ways">
        {view.recorded ? (
          countsText[counts].text
        ) : (
          <Ways
            name={name}
            counts={counts}
            onChoose={(wanted) => {
              choose(wanted);
              decide(store, name, wanted);
            }}
          />
        )}
      </span>
    </div>
  );
}

function tasksText(tasks: number): string {
  if (tasks === 0) return "no task";
  return tasks === 1 ? "1 task" : `${grouped(tasks)} tasks`;
}

/** One of three, of which one is pressed. */
function Ways({ name, counts, onChoose }: { name: string; counts: Counts; onChoose: (wanted: Counts) => void }) {
  return (
    <>
      {(Object.keys(countsText) as Counts[]).map((each) => {
        const { text, meaning } = countsText[each];
        return (
          <button
            key={each}
            type="button"
            class="action quiet toggle"
            title={`${oneLine(name)} ${meaning}`}
            aria-label={`${oneLine(name)} counts ${text}`}
            aria-pressed={counts === each}
            onClick={() => onChoose(each)}
          >
            {text}
          </button>
        );
      })}
    </>
  );
}
