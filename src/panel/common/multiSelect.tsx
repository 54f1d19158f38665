/**
 * A multiple choice: check boxes below a button that shows the selection.
 */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Names } from "../text/shortening";
import { oneLine } from "../text/text";
import { useEscape } from "./escape";
import { moveFocus, vertical } from "./rovingFocus";
import { ShortName } from "./shortName";

export interface Option<T> {
  readonly value: T;
  readonly label: string;
}

interface Props<T> {
  readonly label: string;
  /** The button's text while nothing is selected. */
  readonly any: string;
  readonly options: readonly Option<T>[];
  readonly chosen: readonly T[] | undefined;
  /** Called with undefined when nothing is selected. */
  readonly onChoose: (chosen: T[] | undefined) => void;
}

/** With at least this many options a filter field appears; at most this many are drawn. */
const many = 12;
const mostDrawn = 200;

/** Opens below its button, and closes on Escape or when it loses the focus. */
export function MultiSelect<T>(props: Props<T>) {
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const close = () => {
    opener.current?.focus();
    setOpen(false);
  };
  const onFocusOut = ({ relatedTarget }: FocusEvent) => {
    if (!(relatedTarget instanceof Node && box.current?.contains(relatedTarget))) setOpen(false);
  };
  return (
    <div ref={box} class="choice" onFocusOut={onFocusOut}>
      <button
        ref={opener}
        type="button"
        class="field chosen"
        aria-label={`${props.label}: ${textOf(props)}`}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <span>{textOf(props)}</span>
        <span class="codicon codicon-chevron-down" aria-hidden="true" />
      </button>
      {open && <Boxes {...props} onEscape={close} />}
    </div>
  );
}

function Boxes<T>({ label, options, chosen = [], onChoose, onEscape }: Props<T> & { onEscape: () => void }) {
  useEscape(onEscape);
  const [narrowed, setNarrowed] = useState("");
  const group = useRef<HTMLFieldSetElement>(null);
  useLayoutEffect(() => group.current?.querySelector("input")?.focus(), []);
  const shown = options.filter((option) => option.label.toLowerCase().includes(narrowed.toLowerCase()));
  const names = new Names(options.map((option) => oneLine(option.label)));
  const toggle = (value: T) => {
    const rest = chosen.filter((each) => each !== value);
    const next = rest.length < chosen.length ? rest : [...chosen, value];
    onChoose(next.length > 0 ? next : undefined);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    moveFocus(event, [...(group.current?.querySelectorAll<HTMLElement>("input") ?? [])], vertical);
  };
  return (
    <fieldset ref={group} class="menu boxes" aria-label={label} onKeyDown={onKeyDown}>
      {options.length >= many && (
        <input
          class="field"
          aria-label={`Filter ${label}`}
          placeholder="filter"
          onInput={(event) => setNarrowed(event.currentTarget.value)}
        />
      )}
      {shown.slice(0, mostDrawn).map((option) => (
        <label key={option.value}>
          <input type="checkbox" class="check" checked={chosen.includes(option.value)} onChange={() => toggle(option.value)} />
          <ShortName text={oneLine(option.label)} among={names} />
        </label>
      ))}
      {shown.length > mostDrawn && <span class="dim">… {shown.length - mostDrawn} more</span>}
    </fieldset>
  );
}

function textOf<T>({ any, options, chosen = [] }: Props<T>): string {
  if (chosen.length === 0) return any;
  const [only] = chosen.length === 1 ? options.filter(({ value }) => value === chosen[0]) : [];
  return only ? oneLine(only.label) : `${any.replace(/^any /, `${chosen.length} `)}s`;
}
