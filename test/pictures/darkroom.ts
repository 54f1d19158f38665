/**
 * Develops screenshots: a page of the browser decodes, compares and encodes them, so that no library is needed.
 */
import type { BrowserContext, Page } from "playwright-core";

/** A part of a picture. */
export interface Part {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Runs in the page: a function that encodes a part of a picture, by default all of it. A quality of 1 is without loss. */
const encode = `async ({ png, part, quality }) => {
  const picture = await createImageBitmap(await (await fetch("data:image/png;base64," + png)).blob());
  const { x, y, width, height } = part ?? { x: 0, y: 0, width: picture.width, height: picture.height };
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext("2d", { alpha: false }).drawImage(picture, -x, -y);
  const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: "image/webp", quality })).arrayBuffer());
  return { base64: bytes.toBase64 ? bytes.toBase64() : btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), "")), width, height };
}`;

/** Runs in the page: a function that finds the smallest part, from an even corner, in which two pictures of one size differ. */
const difference = `async ({ before, after }) => {
  const [one, other] = await Promise.all([before, after].map(async (png) => {
    const picture = await createImageBitmap(await (await fetch("data:image/png;base64," + png)).blob());
    const context = new OffscreenCanvas(picture.width, picture.height).getContext("2d", { alpha: false });
    context.drawImage(picture, 0, 0);
    const { data } = context.getImageData(0, 0, picture.width, picture.height);
    return { width: picture.width, pixels: new Uint32Array(data.buffer) };
  }));
  let [left, top, right, bottom] = [Infinity, Infinity, -1, -1];
  other.pixels.forEach((pixel, index) => {
    if (pixel === one.pixels[index]) return;
    const [x, y] = [index % one.width, Math.floor(index / one.width)];
    [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
  });
  if (right < 0) return undefined;
  [left, top] = [left - (left % 2), top - (top % 2)];
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}`;

export interface Developed {
  readonly webp: Buffer;
  readonly width: number;
  readonly height: number;
}

export class Darkroom {
  private constructor(private readonly page: Page) {}

  static async open(context: BrowserContext): Promise<Darkroom> {
    return new Darkroom(await context.newPage());
  }

  close(): Promise<void> {
    return this.page.close();
  }

  /** @param png a screenshot @param quality from 0 to 1, which is without loss */
  async develop(png: Buffer, quality: number, part?: Part): Promise<Developed> {
    const asked = { png: png.toString("base64"), part, quality };
    const { base64, width, height } = await this.page.evaluate<{ base64: string; width: number; height: number }>(
      `(${encode})(${JSON.stringify(asked)})`,
    );
    return { webp: Buffer.from(base64, "base64"), width, height };
  }

  /** Where two screenshots of one size differ; undefined if they do not. */
  async difference(before: Buffer, after: Buffer): Promise<Part | undefined> {
    const asked = { before: before.toString("base64"), after: after.toString("base64") };
    return await this.page.evaluate<Part | undefined>(`(${difference})(${JSON.stringify(asked)})`);
  }
}
