// biome-ignore-all lint/a11y/useSemanticElements: a menu of commands, which HTML has no element for
/**
 * A menu of commands, with the keyboard of the WAI-ARIA menu pattern.
 */
import { useLayoutEffect, useRef } from "preact/hooks";
import { destination, vertical } from "./roving";

export interface MenuItem {
  readonly label: string;
  act(): void;
}

interface Props {
  readonly label: string;
  readonly items: readonly MenuItem[];
  /** The button that opened it: the focus goes back there. */
  readonly opener: HTMLElement;
  readonly onClose: () => void;
}

/** Opens below its button, and closes when something is chosen, by Escape, or when the focus goes elsewhere. */
export function Menu({ label, items, opener, onClose }: Props) {
  const menu = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => itemsOf(menu.current)[0]?.focus(), []);
  const choose = (item: MenuItem) => {
    opener.focus();
    onClose();
    item.act();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.stopPropagation(); // VS Code would take the panel back to the last step
      opener.focus();
      onClose();
    } else move(event, itemsOf(menu.current));
  };
  const onFocusOut = ({ relatedTarget }: FocusEvent) => {
    const inside = relatedTarget instanceof Node && menu.current?.contains(relatedTarget);
    if (!inside && relatedTarget !== opener) onClose();
  };
  return (
    <div
      ref={menu}
      class="menu"
      role="menu"
      tabIndex={-1}
      aria-label={label}
      style={{ left: `${opener.offsetLeft}px`, top: `${opener.offsetTop + opener.offsetHeight + 2}px` }}
      onKeyDown={onKeyDown}
      onFocusOut={onFocusOut}
    >
      {items.map((item) => (
        <button key={item.label} type="button" role="menuitem" tabIndex={-1} onClick={() => choose(item)}>
          {item.label}
        </button>
      ))}
    </div>
  );
}

function itemsOf(menu: HTMLElement | null): HTMLElement[] {
  return [...(menu?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
}

/** Past either end, a menu goes on at the other. */
function move(event: KeyboardEvent, items: readonly HTMLElement[]): void {
  const index = items.indexOf(event.target as HTMLElement);
  const to = destination(event.key, vertical, index, items.length);
  if (to === undefined) return;
  event.preventDefault();
  const wraps = to === index && event.key.startsWith("Arrow");
  items[wraps ? items.length - 1 - index : to]?.focus();
}
