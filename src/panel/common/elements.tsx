/**
 * Small elements that every part of the panel shares: values, names, buttons, headings.
 */
import type { ComponentChildren } from "preact";
import type { Store } from "../model/store";
import { baseName, colour, type Place, place, type Shown, taskName } from "../text/format";
import { namesOf } from "../text/shortening";
import { oneLine, tokens } from "../text/text";
import { ShortName } from "./shortName";

/** So many characters of a value, if it has them, are shown beside names that would take all the room. */
const leastOfValue = 6;

/** A value's preview in one line, as text, coloured. */
export function Preview({ text }: { text: string }) {
  return (
    <code class="value" title={oneLine(text)} style={{ "--least": `${Math.min(text.length, leastOfValue)}ch` }}>
      {tokens(text).map((token) => (token.kind === "plain" ? token.text : <span class={token.kind}>{token.text}</span>))}
    </code>
  );
}

/** A task's name in the task's colour. */
export function TaskName({ view, id }: { view: Shown; id: number }) {
  return <ShortName class={`name ${colour(id)}`} text={taskName(view, id)} among={namesOf(view.names)} />;
}

interface ActionProps {
  readonly icon?: string;
  readonly label: string;
  /** Shown beside the icon; the label alone is the tooltip otherwise. */
  readonly text?: string;
  readonly kind?: "primary" | "quiet" | "secondary";
  readonly disabled?: boolean;
  /** Of a button that opens a menu. */
  readonly expanded?: boolean | undefined;
  readonly tabIndex?: number;
  readonly onFocus?: () => void;
  readonly onClick: () => void;
}

/** A button. A disabled one keeps the focus, so that a run that ends does not throw the keyboard user out. */
export function Action({ icon, label, text, kind = "quiet", disabled = false, expanded, onClick, ...rest }: ActionProps) {
  return (
    <button
      type="button"
      class={`action ${kind}`}
      title={label}
      aria-label={text ? undefined : label}
      aria-disabled={disabled}
      aria-haspopup={expanded === undefined ? undefined : "menu"}
      aria-expanded={expanded}
      onClick={disabled ? undefined : onClick}
      {...rest}
    >
      {icon && <span class={`codicon codicon-${icon}`} aria-hidden="true" />}
      {text && <span>{text}</span>}
    </button>
  );
}

/** A name before its value, joined to it. What is read is text without a break; where the name is cut, the joint is still drawn. */
export function Naming({ name, joint }: { name: string; joint: string }) {
  return (
    <span class="naming" data-joint={joint} style={{ "--joint": joint.length }}>
      <bdi class="label" title={name}>
        {name}
      </bdi>
      <span class="joint">{joint}</span>
    </span>
  );
}

/** A heading with what stands beside it. */
export function Heading({ children }: { children: ComponentChildren }) {
  return <h2>{children}</h2>;
}

/** The value before, where a step changed it: it stands after the one of now, and gives way to it. */
export function Was({ text }: { text: string }) {
  return (
    <span class="was" title={`was ${oneLine(text)}`}>
      {" was "}
      <bdi>{oneLine(text)}</bdi>
    </span>
  );
}

interface SectionProps {
  readonly store: Store;
  readonly title: string;
  /** What is said of it while it is closed, too. */
  readonly note?: string;
  /** Beside the heading while it is open. */
  readonly beside?: ComponentChildren;
  readonly byDefault: "open" | "closed";
  readonly children: ComponentChildren;
}

/** A part of the page that can be closed; it stays so. */
export function Section({ store, title, note, beside, byDefault, children }: SectionProps) {
  const path = `section:${title}`;
  const open = store.tree.folds.isOpen(path, byDefault);
  return (
    <section class={`section ${title.toLowerCase()}`} aria-label={title}>
      <h2>
        <button type="button" class="fold" aria-expanded={open} onClick={() => store.fold(path)}>
          <span class={`twistie codicon codicon-chevron-${open ? "down" : "right"}`} aria-hidden="true" />
          {title}
        </button>
        {note && <span class="note">{note}</span>}
        {open && beside}
      </h2>
      {open && children}
    </section>
  );
}

interface PlaceProps {
  readonly store: Store;
  readonly point: Place;
  readonly tabIndex?: number;
  /** What happened there, where a task is not suspended there. */
  readonly what?: "threw";
}

/** A place in the source as a button that shows it in the editor. */
export function PlaceLink({ store, point, tabIndex, what }: PlaceProps) {
  const where = place(point, store.view?.file ?? "");
  const title = `${what === undefined ? "Show" : "Show where it threw:"} ${oneLine(point.function)}, ${oneLine(baseName(point.file))}:${point.line}:${point.column}`;
  const reveal = (event: Event) => {
    event.stopPropagation();
    store.reveal(point);
  };
  return (
    <button
      type="button"
      class={`place ${what ?? ""}`}
      title={title}
      aria-label={title}
      tabIndex={tabIndex}
      data-stop
      onClick={reveal}
    >
      {where}
    </button>
  );
}
