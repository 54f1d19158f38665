/**
 * Scrolls to a section when what it shows begins: it may be started from the toolbar or the palette, while another part of the page is visible.
 */
import { useEffect, useRef } from "preact/hooks";

/** @param section the class of the section */
export function useShownAtStart(section: string, isStarted: boolean): void {
  const was = useRef(isStarted);
  useEffect(() => {
    if (isStarted && !was.current) document.querySelector(`.section.${section}`)?.scrollIntoView({ block: "nearest" });
    was.current = isStarted;
  }, [isStarted]);
}
