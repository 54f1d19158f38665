/**
 * The arithmetic of a list that is longer than the maximum height of an element. Positions are rows, with fractions. Browsers
 * stop at 17 to 33 million pixels, so beyond a limit one pixel of the scrollbar stands for many.
 */

/** Below what any browser cuts off. */
export const maxHeight = 8_000_000;

/** A list and the part of it that is seen. */
export interface Extent {
  readonly total: number;
  /** Pixels a row. */
  readonly rowHeight: number;
  /** Pixels of the list that are seen. */
  readonly viewport: number;
}

/** How high the scrolled content is, in pixels. */
export function contentHeight(extent: Extent): number {
  return Math.min(extent.total * extent.rowHeight, maxHeight);
}

/** Whether the scrollbar is scaled, so that wheels must be translated. */
export function isScaled(extent: Extent): boolean {
  return extent.total * extent.rowHeight > maxHeight;
}

/** The greatest row that can be at the top. */
export function maxTop(extent: Extent): number {
  return Math.max(0, extent.total - extent.viewport / extent.rowHeight);
}

/** Keeps a top row within the list. */
export function clampTop(top: number, extent: Extent): number {
  return Math.min(Math.max(0, top), maxTop(extent));
}

/** The row at the top where the scrollbar stands at `pixels`. */
export function topOf(pixels: number, extent: Extent): number {
  const room = contentHeight(extent) - extent.viewport;
  return room <= 0 ? 0 : clampTop((pixels / room) * maxTop(extent), extent);
}

/** Where the scrollbar stands when `top` is the row at the top. */
export function pixelsOf(top: number, extent: Extent): number {
  const most = maxTop(extent);
  return most === 0 ? 0 : Math.round((top / most) * (contentHeight(extent) - extent.viewport));
}

/** The top row that shows the row `index` whole, moving as little as possible. */
export function topShowing(index: number, top: number, extent: Extent): number {
  const rows = extent.viewport / extent.rowHeight;
  if (index < top) return clampTop(index, extent);
  if (index + 1 > top + rows) return clampTop(index + 1 - rows, extent);
  return clampTop(top, extent);
}
