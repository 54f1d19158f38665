/**
 * Takes pictures of the real editor: stills of a part of the window, and a film made of stills.
 */
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Locator } from "playwright-core";
import type { Workbench } from "../vscode/drive";
import { root } from "../vscode/run";
import type { Darkroom, Part } from "./darkroom";
import { type Frame, movingPicture } from "./webp";

/** What a still shows: the smallest part of the window with all of these, and what is around it. */
export interface Motif {
  readonly of: readonly Locator[];
  /** Pixels around it: at the sides, above and below. */
  readonly around?: number;
  /** At most so many pixels are shown, from the upper left corner. */
  readonly most?: { readonly width: number; readonly height: number };
}

interface Shot {
  readonly png: Buffer;
  readonly millis: number;
}

export class Camera {
  readonly #shots: Shot[] = [];

  constructor(
    readonly workbench: Workbench,
    readonly darkroom: Darkroom,
  ) {}

  /** Saves a still of the window, or of a part of it. @param file from the root of the repository, without an extension */
  async still(file: string, { motif, quality = 1 }: { motif?: Motif; quality?: number } = {}): Promise<void> {
    const clip = motif && (await this.#partOf(motif));
    const png = await this.#screenshot(clip);
    await save(`${file}.webp`, (await this.darkroom.develop(png, quality)).webp);
  }

  /** Adds what the window shows now to the film, with a line of text at its lower edge. */
  async film(text: string, millis: number): Promise<void> {
    await this.workbench.page.evaluate(`(${caption})(${JSON.stringify(text)})`);
    this.#shots.push({ png: await this.#screenshot(), millis });
    await this.workbench.page.evaluate(`(${caption})("")`);
  }

  /** Saves the film. Of each shot only the part is kept that differs from the one before. */
  async saveFilm(file: string): Promise<void> {
    const { darkroom } = this;
    const frames: Frame[] = [];
    let size = { width: 0, height: 0 };
    let before: Buffer | undefined;
    for (const { png, millis } of this.#shots) {
      const part = before && ((await darkroom.difference(before, png)) ?? { x: 0, y: 0, width: 2, height: 2 });
      const { webp, width, height } = await darkroom.develop(png, 1, part);
      if (!part) size = { width, height };
      frames.push({ still: webp, x: part?.x ?? 0, y: part?.y ?? 0, width, height, millis });
      before = png;
    }
    await save(`${file}.webp`, movingPicture(size, frames));
  }

  /** The blinking caret is as it is; it does not matter. */
  async #screenshot(clip?: Part): Promise<Buffer> {
    return await this.workbench.page.screenshot({ animations: "disabled", caret: "hide", ...(clip ? { clip } : {}) });
  }

  async #partOf({ of, around = 0, most }: Motif): Promise<Part> {
    const boxes = await Promise.all(of.map((locator) => locator.boundingBox()));
    const seen = boxes.filter((box) => box !== null);
    const [x, y] = [Math.min(...seen.map((box) => box.x)) - around, Math.min(...seen.map((box) => box.y)) - around];
    const right = Math.max(...seen.map((box) => box.x + box.width)) + around;
    const bottom = Math.max(...seen.map((box) => box.y + box.height)) + around;
    const { width, height } = this.workbench.page.viewportSize() ?? { width: right, height: bottom };
    const [left, top] = [Math.max(0, Math.floor(x)), Math.max(0, Math.floor(y))];
    return {
      x: left,
      y: top,
      width: Math.min(Math.ceil(Math.min(right, width) - left), most?.width ?? width),
      height: Math.min(Math.ceil(Math.min(bottom, height) - top), most?.height ?? height),
    };
  }
}

/** Runs in the workbench: a function that shows a line of text above everything, or removes it. */
const caption = `(text) => {
  document.querySelector("#caption")?.remove();
  if (text === "") return;
  const line = document.createElement("div");
  line.id = "caption";
  line.textContent = text;
  line.style.cssText = "position:fixed;z-index:99999;left:50%;bottom:34px;transform:translateX(-50%);padding:8px 18px;border-radius:6px;" +
    "background:#0078d4;color:#ffffff;font:600 16px system-ui,sans-serif;white-space:nowrap";
  document.body.append(line);
}`;

async function save(file: string, bytes: Buffer): Promise<void> {
  const target = path.join(root, file);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, bytes);
  console.log(`${file} ${bytes.length} bytes`);
}
