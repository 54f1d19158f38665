/**
 * A tooltip with the whole text for whatever is too long for its box, as far as nothing in it has a tooltip of its own.
 */
import { oneLine } from "../text/text";

/** Listens on the page: whether a text is cut is found out when the pointer comes to it. */
export function tellCutTexts(): void {
  document.addEventListener("pointerover", ({ target }) => {
    if (!(target instanceof HTMLElement)) return;
    target.closest("[data-cut]")?.removeAttribute("title"); // its text may be another one by now
    if (target.closest("[title]")) return;
    for (let box: HTMLElement | null = target; box; box = box.parentElement) {
      if (box.scrollWidth <= box.clientWidth || getComputedStyle(box).textOverflow !== "ellipsis") continue;
      box.dataset.cut = "";
      box.title = oneLine(box.textContent);
      return;
    }
  });
}
