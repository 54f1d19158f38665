/**
 * Small elements that every part of the panel shares: values, names, buttons, headings.
 */
import type { ComponentChildren } from "preact";
import type { Store } from "../model/store";
import { baseName, colour, type Place, place, position, type Shown, taskName } from "../text/format";
import { namesOf } from "../text/shortening";
import { oneLine, tokens } from "../text/text";
import { ShortName } from "./shortName";

/** At least this many characters of a value stay visible beside long names. */
const leastOfValue = 6;

/** A value's preview as one line of coloured text. */
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
  /** Shown beside the icon; without it, the label is only the tooltip. */
  readonly text?: string;
  /** If it says more than the label. */
  readonly tooltip?: string;
  /** By default, a button with a text looks like one, and an icon alone is quiet. */
  readonly kind?: "primary" | "quiet" | "secondary";
  readonly disabled?: boolean;
  /** Set for a button that opens a menu: whether the menu is open. */
  readonly expanded?: boolean | undefined;
  readonly tabIndex?: number;
  readonly onFocus?: () => void;
  readonly onClick: () => void;
}

/** A button. When disabled it keeps the focus, so that keyboard users do not lose their place when a run ends. */
export function Action(props: ActionProps) {
  const { icon, label, text, tooltip = label, kind = text ? "secondary" : "quiet", ...others } = props;
  const { disabled = false, expanded, onClick, ...rest } = others;
  return (
    <button
      type="button"
      class={`action ${kind}`}
      title={tooltip}
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

/** A name joined to its value. Screen readers read it without a break; if the name is cut off, the joint is still drawn. */
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

/** A heading, and the controls beside it. */
export function Heading({ children }: { children: ComponentChildren }) {
  return <h2>{children}</h2>;
}

/** The previous value, where a step changed it. It follows the current value and is shortened first. */
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
  /** Shown in the heading, even while the section is closed. */
  readonly note?: string;
  /** Beside the heading while it is open. */
  readonly beside?: ComponentChildren;
  readonly byDefault: "open" | "closed";
  /** Under which name it is remembered whether it is open; by default, the title. */
  readonly remembered?: string;
  readonly children: ComponentChildren;
}

/** A section of the page that can be closed. Whether it is open is remembered. */
export function Section({ store, title, note, beside, byDefault, remembered = title, children }: SectionProps) {
  const path = `section:${remembered}`;
  const open = store.tree.folds.isOpen(path, byDefault);
  return (
    <section class={`section ${title.toLowerCase()}`} aria-label={title}>
      <h2>
        <button type="button" class="fold" aria-expanded={open} onClick={() => store.fold(path)}>
          <span class={`twistie codicon codicon-${open ? "chevron-down" : "chevron-right"}`} aria-hidden="true" />
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
  /** What happened at the place, if it is not where a task is suspended. */
  readonly what?: "threw";
}

/** A button that shows a place of the source in the editor. */
export function PlaceLink({ store, point, tabIndex, what }: PlaceProps) {
  const where = place(point, store.view?.file ?? "");
  const title = `${what === undefined ? "Show" : "Show where it threw:"} ${oneLine(point.function)}, ${oneLine(baseName(point.file))}:${position(point)}`;
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
