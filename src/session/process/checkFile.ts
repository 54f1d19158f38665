/**
 * Checks whether the interpreter can parse a file. None of its code is run.
 */
import { protocolVersion } from "../../protocol/runner";
import { isOfRuntime, RunnerFailedError } from "../common/errors";
import { RunnerClient } from "./runnerClient";
import { unheard } from "./runnerListener";
import type { RunnerCommand } from "./runnerProcess";

/**
 * Asks a runner to parse a file. If no runner can be started, the file counts as correct.
 *
 * @param command finds out how to start the runner
 * @throws UserCodeError if the file cannot be parsed, with the location
 */
export async function checkFile(file: string, command: () => Promise<RunnerCommand>): Promise<void> {
  let client: RunnerClient | undefined;
  try {
    client = new RunnerClient(await command(), unheard);
    await client.request("hello", { protocol: protocolVersion });
    await client.request("check", { file });
  } catch (error) {
    if (!(error instanceof RunnerFailedError) && !isOfRuntime(error)) throw error;
  } finally {
    client?.kill("The file was checked.");
  }
}
