/**
 * Describes why an interpreter ends before it runs anything: it may be none, or the variables that a setup gives to it may be at fault.
 */
import { RunnerFailedError, RuntimeNotFoundError } from "../common/errors";

const reason = /\berror\b|not allowed/i;

/**
 * @param environment the variables of the setup
 * @param printed what the interpreter has printed
 * @returns the error with the remedy; others than those of a process that has ended remain as they are
 */
export function unbegun(error: Error, environment: Readonly<Record<string, string>>, printed: string): Error {
  const names = Object.keys(environment);
  if (!(error instanceof RunnerFailedError)) return error;
  const lines = printed.split("\n").filter((line) => line.trim() !== "");
  const said = lines.find((line) => reason.test(line)) ?? lines[0];
  const ended = error.message.replace(/\.$/, "");
  const message = `${ended} before the program began${said === undefined ? "" : `: ${said.trim()}`}`;
  if (names.length === 0)
    return new RuntimeNotFoundError(message, "Check the interpreter, or name another one in the settings.", { cause: error });
  const remedy = `Correct the variables that the setup has in its "environment": ${names.join(", ")}.`;
  return new RunnerFailedError(message, remedy, { cause: error });
}
