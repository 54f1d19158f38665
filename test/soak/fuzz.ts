/**
 * `npm run test:soak -- fuzz [MESSAGES] [SEED]`: that many messages on each wire in each direction, none of which is as the other side sends it. Sessions,
 * each of which is a process with several messages, are a thousandth of them. It prints what was refused, and fails at the first fault.
 */
import { type Fuzzed, fuzzDecoder, fuzzHost, fuzzPanel, fuzzRunner, fuzzSession } from "../faults/fuzzing/wires";
import { onePerLanguage } from "../runner/runners";

/** Sends them all. @returns true; the first fault is thrown */
export async function fuzz(messages = 1_000_000, seed = 1): Promise<boolean> {
  for (const runner of onePerLanguage) print(`runner.${runner.language}`, await fuzzRunner(runner, messages, seed));
  print("decoder", fuzzDecoder(messages, seed));
  print("session", await fuzzSession(messages / 1_000, seed));
  print("host", fuzzHost(messages, seed));
  print("panel", await fuzzPanel(messages, seed));
  return true;
}

function print(name: string, { messages, refused }: Fuzzed): void {
  console.log(`fuzz.${name} ${messages} messages, ${refused} refused`);
}
