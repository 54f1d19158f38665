/**
 * The arithmetic of the scrolled list, as properties that hold for lists of any length.
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import { contentHeight, maxHeight, maxTop, pixelsOf, topOf, topShowing } from "../../../src/panel/common/virtualScroll";

const extents = fc.record({
  total: fc.integer({ min: 1, max: 50_000_000 }),
  rowHeight: fc.constant(22),
  viewport: fc.integer({ min: 44, max: 2_000 }),
});

describe("the scroll of the switches", () => {
  it("is never higher than a browser allows", () => {
    fc.assert(fc.property(extents, (extent) => contentHeight(extent) <= maxHeight));
  });

  it("reaches the first and the last row", () => {
    fc.assert(
      fc.property(extents, (extent) => {
        assert.equal(topOf(0, extent), 0);
        assert.equal(topOf(Math.max(0, contentHeight(extent) - extent.viewport), extent), maxTop(extent));
      }),
    );
  });

  it("scrolls any row fully into view, and does not move for a visible row", () => {
    fc.assert(
      fc.property(
        extents,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (extent, at, from) => {
          const index = Math.min(extent.total - 1, Math.floor(at * extent.total));
          const top = topShowing(index, from * maxTop(extent), extent);
          assert.ok(index >= top - 1e-6 && index + 1 <= top + extent.viewport / extent.rowHeight + 1e-6);
          assert.equal(topShowing(index, top, extent), top);
        },
      ),
    );
  });

  it("converts a row to a scrollbar position and back, within a pixel", () => {
    fc.assert(
      fc.property(extents, fc.double({ min: 0, max: 1, noNaN: true }), (extent, at) => {
        const top = at * maxTop(extent);
        const pixel = maxTop(extent) / Math.max(1, contentHeight(extent) - extent.viewport);
        assert.ok(Math.abs(topOf(pixelsOf(top, extent), extent) - top) <= pixel + 1e-6);
      }),
    );
  });
});
