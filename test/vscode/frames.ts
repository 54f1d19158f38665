// Finds a webview's content, which VS Code keeps in nested frames that are created, navigated and removed.
import type { Frame, Page } from "playwright-core";

/**
 * The frame that shows an element, among the existing and future frames.
 * @throws if no frame shows it in time
 */
export async function frameHolding(page: Page, selector: string, timeoutMs: number): Promise<Frame> {
  let attached: (frame: Frame) => void = () => {};
  const watch = new Promise<Frame>((resolve, reject) => {
    const timeout = setTimeout(() => reject(new Error(`no frame showed ${selector} in ${timeoutMs} ms`)), timeoutMs);
    attached = (frame) => {
      frame.waitForSelector(selector, { timeout: timeoutMs }).then(
        () => {
          clearTimeout(timeout);
          resolve(frame);
        },
        // The frame was removed or never showed it; another frame may, until the timeout.
        () => undefined,
      );
    };
    page.on("frameattached", attached);
    page.frames().forEach(attached);
  });
  return watch.finally(() => page.off("frameattached", attached));
}
