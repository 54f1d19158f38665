/**
 * Whether the interpreter can read a file. None of its code is run.
 */
import { protocolVersion } from "../../protocol/runner";
import { RunnerFailedError, RuntimeNotFoundError, RuntimeTooOldError } from "../common/errors";
import { RunnerClient } from "./runnerClient";
import type { RunnerCommand } from "./runnerProcess";

/**
 * Asks a runner. Where there is none, nobody can say.
 *
 * @param command finds out how to start it
 * @throws UserCodeError when the file cannot be read, with the place
 */
export async function checkFile(file: string, command: () => Promise<RunnerCommand>): Promise<void> {
  let client: RunnerClient | undefined;
  try {
    const silent = { steps: () => undefined, event: () => undefined, printed: () => undefined, ended: () => undefined };
    client = new RunnerClient(await command(), silent);
    await client.request("hello", { protocol: protocolVersion });
    await client.request("check", { file });
  } catch (error) {
    const isAbsent = [RunnerFailedError, RuntimeNotFoundError, RuntimeTooOldError].some((kind) => error instanceof kind);
    if (!isAbsent) throw error;
  } finally {
    client?.kill("The file was checked.");
  }
}
