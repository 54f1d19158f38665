/**
 * A window of the timeline as an SVG document. Its size is bounded by its level of detail, however long the run is.
 */
import { cut } from "../printable";
import type { Question } from "../timeline/level";
import { type LaneRow, orderOf, paintLanes, type Scale, xOf } from "../timeline/paint";
import { ticksOf } from "../timeline/ticks";
import type { Picture } from "./picture";
import { rounded, SvgBrush } from "./svgBrush";
import { laneSentence, windowText } from "./svgDescription";
import { legend } from "./svgLegend";
import { svgStyle } from "./svgStyle";
import { xmlText } from "./xml";

/** Pixels. */
const width = 1_000;
const gutter = 156;
const plot = width - gutter - 16;
const top = 40;
const ruler = 24;
const legendHeight = 26;

/** The approximate number of blocks side by side. Blocks of this width can still be distinguished in print. */
export const svgBuckets = plot;

/** The maximum length of a lane's name, in characters. */
const nameCharacters = 17;

/** Draws a picture as an SVG document. */
export function svgOf(picture: Picture): string {
  const { question, level, names, file } = picture;
  const laneHeight = names.length <= 12 ? 26 : names.length <= 32 ? 20 : 16;
  const scale = { from: question.from, to: Math.max(question.to, question.from + 1e-3), width: plot };
  const lanesHeight = Math.max(1, names.length) * laneHeight;
  const height = top + lanesHeight + ruler + legendHeight;
  const brush = new SvgBrush();
  const rows = names.map((_, lane): LaneRow => {
    const tasks = question.lanes[lane] ?? [];
    return { lane, ink: tasks.length === 1 ? (tasks[0] ?? "rest") : "rest", y: lane * laneHeight, height: laneHeight - 1 };
  });
  paintLanes(brush, level, orderOf(level.blocks, names.length), scale, rows);
  const drawn = brush.end();
  const title = `${cut(file, 60)}: ${windowText(picture)}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="yieldpoint-timeline" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="yieldpoint-title yieldpoint-desc">`,
    `<title id="yieldpoint-title">${xmlText(title)}</title>`,
    `<desc id="yieldpoint-desc">${xmlText(names.map((_, lane) => laneSentence(picture, lane)).join(" "))}</desc>`,
    svgStyle(),
    `<defs>${clip("yieldpoint-plot", -1, plot + 9, lanesHeight)}${clip("yieldpoint-names", 0, gutter - 8, lanesHeight)}</defs>`,
    `<rect class="paper" width="${width}" height="${height}"/>`,
    `<text class="heading" x="12" y="24">${xmlText(title)}</text>`,
    `<g transform="translate(0 ${top})">${labels(rows, names, laneHeight)}</g>`,
    `<g transform="translate(${gutter} ${top})">`,
    axisLines(question, scale, lanesHeight),
    ...rows.map(({ y }) => `<path class="line" d="M0 ${y + laneHeight - 0.5}H${plot}" stroke-width="0.5"/>`),
    `<g clip-path="url(#yieldpoint-plot)">\n${drawn}\n</g>`,
    "</g>",
    `<g transform="translate(${gutter} ${top + lanesHeight + ruler + 12})">${legend(brush.used)}</g>`,
    "</svg>\n",
  ].join("\n");
}

function clip(id: string, x: number, width: number, height: number): string {
  return `<clipPath id="${id}"><rect x="${x}" y="-2" width="${width}" height="${height + 4}"/></clipPath>`;
}

/** The name of each lane, with its colour and pattern. */
function labels(rows: readonly LaneRow[], names: readonly string[], laneHeight: number): string {
  const brush = new SvgBrush();
  for (const { ink, y } of rows) {
    brush.ink(ink, 1);
    brush.rect(12, y + laneHeight / 2 - 5, 10, 10);
  }
  const texts = rows.map(({ lane, y }) => {
    return `<text x="28" y="${y + laneHeight / 2 + 4}">${xmlText(cut(names[lane] ?? "", nameCharacters))}</text>`;
  });
  return `<g clip-path="url(#yieldpoint-names)">${brush.end()}${texts.join("")}</g>`;
}

/** The numbers below the lanes, and thin lines upwards from them. */
function axisLines({ axis }: Question, scale: Scale, height: number): string {
  const ticks = ticksOf(axis, scale.from, scale.to, 8);
  const name = `<text class="number" x="-12" y="${height + 16}" text-anchor="end">${axis}</text>`;
  const marks = ticks.map(({ position, label }) => {
    const x = rounded(xOf(scale, position));
    const anchor = x > plot - 24 ? ` text-anchor="end"` : "";
    const line = `<path class="line" d="M${x} 0V${height + 4}" stroke-width="1"/>`;
    return `${line}<text class="number" x="${x + (anchor ? 0 : 3)}" y="${height + 16}"${anchor}>${xmlText(label)}</text>`;
  });
  return [name, ...marks].join("\n");
}
