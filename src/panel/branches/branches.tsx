// biome-ignore-all lint/a11y/useSemanticElements: an ARIA grid with its own keyboard, laid out by CSS
// biome-ignore-all lint/a11y/useFocusableInteractive: the controls in its cells are focused
/**
 * The branches of the session: where each one left its parent, and its outcome.
 */
import { useState } from "preact/hooks";
import type { Branch } from "../../protocol/schedule";
import { Action, Section } from "../common/elements";
import { useEscape } from "../common/escape";
import { useTabStop } from "../common/tabStop";
import type { Store } from "../model/store";
import { grouped, type Shown } from "../text/format";
import { oneLine } from "../text/text";
import { BranchComparison } from "./branchComparison";
import { RenameForm } from "./renameForm";

interface Props {
  readonly store: Store;
  readonly view: Shown;
}

/** Shown once there are two branches. */
export function Branches({ store, view }: Props) {
  const { branches = [] } = view;
  if (branches.length < 2) return null;
  const current = branches.find((branch) => branch.current);
  return (
    <Section
      store={store}
      title="Branches"
      note={current ? `${branches.length}, on ${oneLine(current.name)}` : String(branches.length)}
      byDefault="open"
    >
      <List store={store} view={view} branches={branches} />
      <BranchComparison store={store} branches={branches} />
    </Section>
  );
}

/** What the user is being asked about a branch. */
interface Asked {
  readonly branch: number;
  readonly what: "rename" | "delete";
}

function List({ store, view, branches }: Props & { branches: readonly Branch[] }) {
  const { ref, onKeyDown, onFocusIn } = useTabStop();
  const [asked, ask] = useState<Asked>();
  return (
    <div ref={ref} class="controls" role="grid" aria-label="Branches" onKeyDown={onKeyDown} onFocusIn={onFocusIn}>
      {branches.map((branch) => (
        <Line
          key={branch.id}
          store={store}
          view={view}
          branch={branch}
          asked={asked?.branch === branch.id ? asked.what : undefined}
          ask={(what) => ask(what && { branch: branch.id, what })}
        />
      ))}
    </div>
  );
}

interface LineProps extends Props {
  readonly branch: Branch;
  readonly asked: Asked["what"] | undefined;
  readonly ask: (what: Asked["what"] | undefined) => void;
}

function Line(props: LineProps) {
  const { store, view, branch, asked, ask } = props;
  const { id, name, current } = branch;
  return (
    <div
      role="row"
      data-row
      class={`control branch ${current ? "current" : ""}`}
      aria-current={current}
      aria-label={asked === "rename" ? oneLine(name) : undefined}
    >
      <span role="gridcell" class="subject">
        {asked === "rename" ? (
          <RenameForm
            name={name}
            onRename={(name) => store.send({ type: "renameBranch", branch: id, name })}
            onClose={() => ask(undefined)}
          />
        ) : (
          <About view={view} branch={branch} />
        )}
      </span>
      <span role="gridcell" class="branch-acts">
        {asked === "delete" ? <Deleting {...props} /> : <Acts {...props} />}
      </span>
    </div>
  );
}

function About({ view, branch: { name, after, parent, head, current, outcome, rests } }: { view: Shown; branch: Branch }) {
  const from = view.branches?.find(({ id }) => id === parent)?.name;
  const origin =
    after === undefined ? "from the beginning" : `from step ${grouped(after)} of ${oneLine(from ?? "a deleted branch")}`;
  return (
    <>
      <div class="branch-name">
        {current && <span class="codicon codicon-check" aria-hidden="true" />}
        <bdi title={oneLine(name)}>{oneLine(name)}</bdi>
        {current && <span class="mark">shown</span>}
        <span class="dim">
          {origin} · {grouped(head)} {head === 1 ? "step" : "steps"}
        </span>
      </div>
      <div class="dim outcome" title={rests && !current ? "To continue there, its steps are replayed first" : undefined}>
        <bdi>{oneLine(outcome)}</bdi>
      </div>
    </>
  );
}

function Acts({ store, view, branch: { id, name, current }, ask }: LineProps) {
  const label = oneLine(name);
  const busy = view.replaying !== undefined || view.status === "running";
  const reason = busy ? " (not while steps run)" : "";
  return (
    <>
      <Action
        icon="arrow-swap"
        label={current ? `${label} is shown` : `Switch to ${label}${reason}`}
        disabled={current || busy}
        onClick={() => store.send({ type: "switchBranch", branch: id })}
      />
      <Action icon="edit" label={`Rename ${label}`} onClick={() => ask("rename")} />
      <Action
        icon="trash"
        label={current ? `${label} is shown: switch to another one to delete it` : `Delete ${label}${reason}`}
        disabled={current || busy}
        onClick={() => ask("delete")}
      />
    </>
  );
}

/** Asks first, because a deleted trace cannot be restored. */
function Deleting({ store, branch: { id, name }, ask }: LineProps) {
  useEscape(() => ask(undefined));
  return (
    <>
      <Action
        kind="secondary"
        label={`Delete ${oneLine(name)} with its trace`}
        text="Delete it"
        onClick={() => store.send({ type: "deleteBranch", branch: id })}
      />
      <Action label={`Keep ${oneLine(name)}`} text="Keep" onClick={() => ask(undefined)} />
    </>
  );
}
