// biome-ignore-all lint/a11y/useSemanticElements: a menu of commands, which HTML has no element for
/**
 * A menu of commands, with the keyboard of the WAI-ARIA menu pattern.
 */
import { useLayoutEffect, useRef } from "preact/hooks";
import { useEscape } from "./escape";
import { destination, vertical } from "./rovingFocus";

export interface MenuItem {
  readonly label: string;
  /** Why the item cannot be chosen now. */
  readonly refusal?: string | undefined;
  act(): void;
}

interface Props {
  readonly label: string;
  readonly items: readonly MenuItem[];
  /** The button that opened the menu; it gets the focus back. */
  readonly opener: HTMLElement;
  readonly onClose: () => void;
}

/** Opens at its button, inside a positioned element. It closes when an item is chosen, on Escape, or when it loses the focus. */
export function Menu({ label, items, opener, onClose }: Props) {
  const menu = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (menu.current) place(menu.current, opener);
    itemsOf(menu.current)[0]?.focus();
  }, []);
  const choose = (item: MenuItem) => {
    if (item.refusal !== undefined) return;
    opener.focus();
    onClose();
    item.act();
  };
  useEscape(() => {
    opener.focus();
    onClose();
  });
  const onKeyDown = (event: KeyboardEvent) => move(event, itemsOf(menu.current));
  const onFocusOut = ({ relatedTarget }: FocusEvent) => {
    const inside = relatedTarget instanceof Node && menu.current?.contains(relatedTarget);
    if (!inside && relatedTarget !== opener) onClose();
  };
  return (
    <div ref={menu} class="menu" role="menu" tabIndex={-1} aria-label={label} onKeyDown={onKeyDown} onFocusOut={onFocusOut}>
      {items.map((item) => (
        <button
          key={item.label}
          type="button"
          role="menuitem"
          tabIndex={-1}
          aria-disabled={item.refusal !== undefined}
          onClick={() => choose(item)}
        >
          {item.label}
          {item.refusal !== undefined && <span class="refusal">{item.refusal}</span>}
        </button>
      ))}
    </div>
  );
}

/** Places the menu below the opener, or above it if there is no room; never beyond the right edge. */
function place(menu: HTMLElement, opener: HTMLElement): void {
  const box = menu.offsetParent?.getBoundingClientRect();
  const at = opener.getBoundingClientRect();
  const below = at.bottom + 2;
  const top = below + menu.offsetHeight > innerHeight && at.top > menu.offsetHeight ? at.top - 2 - menu.offsetHeight : below;
  const left = Math.max(4, Math.min(at.left, document.documentElement.clientWidth - menu.offsetWidth - 4));
  menu.style.left = `${left - (box?.left ?? 0)}px`;
  menu.style.top = `${top - (box?.top ?? 0)}px`;
}

function itemsOf(menu: HTMLElement | null): HTMLElement[] {
  return [...(menu?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
}

/** Moves the focus, wrapping around at both ends. */
function move(event: KeyboardEvent, items: readonly HTMLElement[]): void {
  const index = items.indexOf(event.target as HTMLElement);
  const to = destination(event.key, vertical, index, items.length);
  if (to === undefined) return;
  event.preventDefault();
  const wraps = to === index && event.key.startsWith("Arrow");
  items[wraps ? items.length - 1 - index : to]?.focus();
}
