/**
 * The twelve colours of tasks, as seen with any kind of colour vision. The matrices are by Machado, Oliveira and Fernandes (2009), for
 * complete dichromacy; distances are in Oklab.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

type Triple = readonly [number, number, number];

const visions: Record<string, readonly Triple[]> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** The backgrounds of VS Code's own themes, and the contrast required for names in a task's colour. */
const themes = {
  dark: { background: "#1f1f1f", contrast: 4.5 },
  light: { background: "#ffffff", contrast: 4.5 },
  highContrast: { background: "#000000", contrast: 6 },
  highContrastLight: { background: "#ffffff", contrast: 6 },
};

const toLms: readonly Triple[] = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005],
];
const toLab: readonly Triple[] = [
  [0.2104542553, 0.793617785, -0.0040720468],
  [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766],
];

const times = (matrix: readonly Triple[], [a, b, c]: Triple) =>
  matrix.map(([x, y, z]) => x * a + y * b + z * c) as unknown as Triple;
const each = (triple: Triple, change: (value: number) => number) => triple.map(change) as unknown as Triple;

function linear(hex: string): Triple {
  const parts = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255) as unknown as Triple;
  return each(parts, (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
}

function seen(hex: string, vision: readonly Triple[]): Triple {
  const colour = each(times(vision, linear(hex)), (part) => Math.min(1, Math.max(0, part)));
  return times(toLab, each(times(toLms, colour), Math.cbrt));
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [one, other].map((hex) => times([[0.2126, 0.7152, 0.0722]], linear(hex))[0]).sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const { contributes } = JSON.parse(readFileSync("package.json", "utf8"));
const colours: { id: string; defaults: Record<string, string> }[] = contributes.colors.filter(({ id }: { id: string }) =>
  /task\d+$/.test(id),
);

describe("the colours of tasks", () => {
  for (const [theme, { background, contrast: least }] of Object.entries(themes)) {
    const used = colours.map(({ defaults }) => defaults[theme] ?? "");

    it(`can be told apart in ${theme}, also with colour blindness`, () => {
      assert.equal(used.length, 12);
      for (const [vision, matrix] of Object.entries(visions)) {
        const labs = used.map((hex) => seen(hex, matrix));
        labs.forEach((one, index) => {
          labs.slice(0, index).forEach((other, at) => {
            const distance = Math.hypot(...one.map((part, axis) => part - (other[axis] ?? 0)));
            assert.ok(distance > 0.08, `${vision}: task${at + 1} and task${index + 1} are ${distance.toFixed(3)} apart`);
          });
        });
      }
    });

    it(`are readable in ${theme}`, () => {
      for (const hex of used) assert.ok(contrast(hex, background) >= least - 0.05, `${hex}: ${contrast(hex, background)}`);
    });
  }
});
