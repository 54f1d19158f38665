/**
 * A page of the documentation: the commands that it names, what it says that they print, and its pictures.
 */
import { readFileSync } from "node:fs";
import { basename } from "node:path";

export interface Documented {
  readonly commands: string;
  /** What the page says below them. In a line with nothing but `…`, any lines may be. */
  readonly printed: string | undefined;
}

/** The blocks of commands of a page, in order. */
export function documentedIn(file: string): Documented[] {
  const blocks = readFileSync(file, "utf8").matchAll(/```sh\n(.*?)```(?:\n\n```text\n(.*?)```)?/gs);
  return [...blocks].map(([, commands = "", printed]) => ({ commands, printed }));
}

/** What is printed has to match this, without the spaces at the ends of its lines. */
export function matching(printed: string): RegExp {
  const lines = printed
    .split("\n")
    .map((line) => (line === "…" ? "(?:.*\n)*?" : `${line.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&")}\n`));
  return new RegExp(`^${lines.slice(0, -1).join("")}\n*$`);
}

/** The names of the page's pictures: each is that of a trace which its commands save. */
export function picturesIn(file: string): string[] {
  return [...readFileSync(file, "utf8").matchAll(/\]\(([^)]*)\.svg\)/g)].map(([, path = ""]) => basename(path));
}

/**
 * What does not differ between two pictures of the same run: its lanes and, by step, when each of them runs and waits. How long anything took
 * is left out, and of a picture by time all but the lanes.
 */
export function drawnIn(svg: string): string[] {
  const isByTime = svg.includes(">time<");
  const names = svg.match(/<text x="28"[^<]*<\/text>/g) ?? [];
  return isByTime ? names : [...names, ...(svg.match(/<path class="(?:task\d+|returned|threw|printed)"[^>]*>/g) ?? [])];
}

/** The cells of the rows of a Markdown table, without the line below its header. */
export function rowsOf(table: string): string[][] {
  const rows = table.split("\n").filter((line) => line.startsWith("|") && !/^[|\s-]+$/.test(line));
  return rows.map((row) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** The columns of a table of these names, with the first one. */
export function columnsOf([header = [], ...rows]: readonly string[][], names: readonly string[]): string[][] {
  return rows.map((row) => [row[0] ?? "", ...names.map((name) => row[header.indexOf(name)] ?? "")]);
}
