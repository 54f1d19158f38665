/**
 * The way of working, where it is that of threads, and what of the program they cannot be switched in.
 */
import { PlaceLink } from "../common/elements";
import type { Store } from "../model/store";
import type { Shown } from "../text/format";
import { oneLine } from "../text/text";

type ExemptCode = NonNullable<Shown["exempt"]>;

const pointTexts: Record<NonNullable<Shown["threads"]>, string> = {
  accesses: "before each read and write of what others can see",
  lines: "before each line",
};

interface Props {
  readonly points: NonNullable<Shown["threads"]>;
  readonly exempt: ExemptCode | undefined;
  readonly open: boolean;
  readonly onClick: () => void;
}

/** A button if there is something that threads cannot be switched in. */
export function Threads({ points, exempt, open, onClick }: Props) {
  const about = `The tasks run as threads, as if preemptive: one may give way ${pointTexts[points]}.`;
  const content = (
    <>
      <span class="codicon codicon-list-tree" aria-hidden="true" /> Threads
    </>
  );
  if (!exempt) {
    return (
      <span class="threads" title={about}>
        {content}
      </span>
    );
  }
  const count = exempt.atomic.length + exempt.more;
  const exceptions = count > 0 ? ` Not within ${count} ${count === 1 ? "function" : "functions"}: show them.` : " Some run free.";
  return (
    <button type="button" class="threads" title={about + exceptions} aria-expanded={open} onClick={onClick}>
      {content}
      <span class={`codicon codicon-chevron-${open ? "up" : "down"}`} aria-hidden="true" />
    </button>
  );
}

/** The code that runs to its end once it has begun, with the reasons, and the threads that are no tasks. */
export function Exempt({ store, exempt: { atomic, more, free } }: { store: Store; exempt: ExemptCode }) {
  return (
    <section class="exempt" aria-label="Not switched within">
      {atomic.length > 0 && <p class="dim">A thread runs these to their ends once it has begun them:</p>}
      <ul>
        {atomic.map(({ file, line, function: name, why }) => (
          <li key={`${file} ${line} ${name} ${why}`}>
            <bdi>{oneLine(name)}</bdi> <PlaceLink store={store} point={{ file, line, column: 1, function: name }} />{" "}
            <span class="dim">{oneLine(why)}</span>
          </li>
        ))}
      </ul>
      {more > 0 && <p class="dim">And {more} more.</p>}
      {free.length > 0 && (
        <p class="dim">
          These threads were started while the file was loaded, and run free: <bdi>{oneLine(free.join(", "))}</bdi>.
        </p>
      )}
    </section>
  );
}
