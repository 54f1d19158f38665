/**
 * The programs behind `npm test` and `npm run test:quick`. Foreground parts print while they run; the output of a background part is
 * printed as a whole, between two foreground parts.
 */
import { spawn } from "node:child_process";
import { type Ended, Lanes } from "./lane";
import { everything, type Part, quick } from "./parts";
import { summaryOf } from "./summary";

const { foreground, background } = process.argv[2] === "quick" ? quick : everything;
const ended: Ended[] = [];
/** Background parts that have ended and whose output is not printed yet. */
const unprinted: Ended[] = [];

async function main(): Promise<void> {
  const began = performance.now();
  const lanes = new Lanes([foreground, background]);
  const beside = lanes.run(
    background,
    (part) => run(part),
    (one) => {
      ended.push(one);
      unprinted.push(one);
    },
  );
  await lanes.run(
    foreground,
    (part) => {
      printRest();
      process.stdout.write(headOf(part));
      return run(part, (text) => process.stdout.write(text));
    },
    (one) => {
      ended.push(one);
      if (one.outcome === "not run") process.stdout.write(headOf(one.part) + one.output);
    },
  );
  await beside;
  printRest();
  const ordered = [...background, ...foreground].flatMap((part) => ended.filter((one) => one.part === part));
  process.stdout.write(summaryOf(ordered, performance.now() - began));
  if (ended.some(({ outcome }) => outcome !== "passed")) process.exitCode = 1;
}

function printRest(): void {
  for (const { part, output } of unprinted.splice(0)) process.stdout.write(headOf(part) + output);
}

function headOf({ name }: Part): string {
  return `\n== ${name} ==\n`;
}

function run({ script, env }: Part, seen: (text: string) => void = () => {}): Promise<{ code: number; output: string }> {
  const colours = process.stdout.isTTY ? { MOCHA_COLORS: "1" } : {};
  const npm = process.env.npm_execpath ?? "";
  const child = spawn(process.execPath, [npm, "run", "--silent", script], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...colours, ...env },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      seen(text);
    });
  }
  return new Promise((resolve) => {
    child.once("error", (error) => resolve({ code: 1, output: `${output}${error.message}\n` }));
    child.once("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

void main();
