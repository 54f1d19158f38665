/**
 * The arithmetic of a list that is longer than the maximum height of an element. Positions are rows, with fractions. Browsers limit the
 * height to 17 to 33 million pixels, so beyond a limit one pixel of the scrollbar stands for many pixels of the list.
 */

/** In pixels; below the limit of every browser. */
export const maxHeight = 8_000_000;

/** The size of a list and of its viewport. */
export interface Extent {
  readonly total: number;
  /** In pixels. */
  readonly rowHeight: number;
  /** The height of the visible part, in pixels. */
  readonly viewport: number;
}

/** The height of the scrolled content, in pixels. */
export function contentHeight(extent: Extent): number {
  return Math.min(extent.total * extent.rowHeight, maxHeight);
}

/** Whether the scrollbar is scaled, so that wheel movements must be translated. */
export function isScaled(extent: Extent): boolean {
  return extent.total * extent.rowHeight > maxHeight;
}

/** The last row that can be at the top. */
export function maxTop(extent: Extent): number {
  return Math.max(0, extent.total - extent.viewport / extent.rowHeight);
}

/** Clamps a top row to the list. */
export function clampTop(top: number, extent: Extent): number {
  return Math.min(Math.max(0, top), maxTop(extent));
}

/** The top row for a scrollbar position in pixels. */
export function topOf(pixels: number, extent: Extent): number {
  const room = contentHeight(extent) - extent.viewport;
  return room <= 0 ? 0 : clampTop((pixels / room) * maxTop(extent), extent);
}

/** The scrollbar position in pixels for a top row. */
export function pixelsOf(top: number, extent: Extent): number {
  const most = maxTop(extent);
  return most === 0 ? 0 : Math.round((top / most) * (contentHeight(extent) - extent.viewport));
}

/** The top row at which row `index` is fully visible, as close to the current one as possible. */
export function topShowing(index: number, top: number, extent: Extent): number {
  const rows = extent.viewport / extent.rowHeight;
  if (index < top) return clampTop(index, extent);
  if (index + 1 > top + rows) return clampTop(index + 1 - rows, extent);
  return clampTop(top, extent);
}
