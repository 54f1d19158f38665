/**
 * Moving pictures in the WebP format: stills that a browser has encoded, put into one file. Source of the format: the WebP Container
 * Specification, https://developers.google.com/speed/webp/docs/riff_container
 */

/** A part of the picture that is drawn over what was there, and how long it stays. */
export interface Frame {
  /** A still WebP picture of the part. */
  readonly still: Buffer;
  /** Where its upper left corner is; both numbers are even. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly millis: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

const hasAnimation = 0x02;
const drawOver = 0x02;

/** The file of a moving picture that repeats for ever. */
export function movingPicture({ width, height }: Size, frames: readonly Frame[]): Buffer {
  const head = chunk("VP8X", Buffer.from([hasAnimation, 0, 0, 0]), int24(width - 1), int24(height - 1));
  const animation = chunk("ANIM", Buffer.from([0, 0, 0, 255, 0, 0])); // a black background; loops without end
  const body = Buffer.concat([Buffer.from("WEBP"), head, animation, ...frames.map(frameChunk)]);
  return chunk("RIFF", body);
}

function frameChunk({ still, x, y, width, height, millis }: Frame): Buffer {
  const place = [x / 2, y / 2, width - 1, height - 1, millis].map(int24);
  return chunk("ANMF", ...place, Buffer.from([drawOver]), imageData(still));
}

/** The chunks of a still picture that hold its image. */
function imageData(still: Buffer): Buffer {
  const found: Buffer[] = [];
  for (let at = 12; at < still.length; ) {
    const size = still.readUInt32LE(at + 4);
    const end = at + 8 + size + (size % 2);
    if (["VP8L", "VP8 ", "ALPH"].includes(still.toString("latin1", at, at + 4))) found.push(still.subarray(at, end));
    at = end;
  }
  return Buffer.concat(found);
}

function chunk(name: string, ...parts: readonly Buffer[]): Buffer {
  const data = Buffer.concat(parts);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(data.length);
  return Buffer.concat([Buffer.from(name), size, data, Buffer.alloc(data.length % 2)]);
}

function int24(value: number): Buffer {
  const bytes = Buffer.alloc(3);
  bytes.writeUIntLE(value, 0, 3);
  return bytes;
}
