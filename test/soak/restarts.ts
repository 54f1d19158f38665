/**
 * Restarts in a row, as of somebody who edits and tries again all day. They leave nothing behind: no descriptor is open and no memory in use
 * that was not before.
 */
import { readdirSync } from "node:fs";
import { growthOf } from "./growth";
import { files, opened, usedMegabytes } from "./longSessions";

/** The share of the restarts after which memory is not expected to grow. */
const warmUp = 0.3;
/** The growth in megabytes per hundred restarts from which on it is a leak. */
const leak = 1;

const descriptors = () => readdirSync("/dev/fd").length;

/** @returns whether nothing was left behind */
export async function restarts(count = 1_000): Promise<boolean> {
  const ends = [];
  for (const file of files) {
    const session = await opened(file);
    const open = descriptors();
    const used: [hundreds: number, megabytes: number][] = [];
    for (let number = 0; number < count / files.length; number += 1) {
      await session.restart();
      await session.step();
      used.push([number / 100, usedMegabytes()]);
    }
    const slope = growthOf(used.slice(Math.floor(used.length * warmUp)));
    const left = descriptors() - open;
    session.dispose();
    console.log(`restarts.count ${used.length} restarts of ${file.slice(-2)}`);
    console.log(`restarts.descriptors ${left} open`);
    console.log(`restarts.rss.slope ${slope.toFixed(3)} MB/100`);
    ends.push(left <= 0 && slope <= leak);
  }
  return ends.every(Boolean);
}
