/**
 * What stays at the top while the page scrolls: the toolbar, and below it the line that says what happened. Whatever gets the focus is
 * scrolled to below them.
 */
import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/** A ref for the section of that line. */
export function useStuck(): RefObject<HTMLElement | null> {
  const section = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const page = section.current?.closest<HTMLElement>(".app");
    const [bar, line] = [".bar", ".sentence"].map((name) => page?.querySelector<HTMLElement>(name));
    if (!page || !bar || !line) return;
    const observer = new ResizeObserver(() => {
      page.style.setProperty("--bar", `${bar.offsetHeight}px`);
      page.style.scrollPaddingTop = `${bar.offsetHeight + line.offsetHeight}px`;
    });
    for (const element of [bar, line]) observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return section;
}
