/**
 * A runner that is started before a session needs it, so that the session has its first step sooner. It runs none of the user's code
 * before a session takes it.
 */
import { protocolVersion } from "../../protocol/runner";
import { RunnerClient } from "./runnerClient";
import { type RunnerListener, unheard } from "./runnerListener";
import { environmentOf, type RunnerCommand } from "./runnerProcess";

/** For how many milliseconds a runner is kept that nobody takes. */
const keptMillis = 5 * 60_000;

/** Variables that can make an interpreter run the user's code as it starts. */
const running = ["NODE_OPTIONS", "PYTHONPATH"];

interface Spare {
  readonly client: RunnerClient;
  readonly key: string;
  readonly unused: NodeJS.Timeout;
}

export class SpareRunner {
  #spare: Spare | undefined;

  constructor(readonly millis = keptMillis) {}

  /**
   * Has a runner ready for sessions with this command. One for another command is ended.
   *
   * @param file what such a session is likely to load. It is only parsed
   * @returns when it is ready, or known not to become so
   */
  async keep(command: RunnerCommand, file: string): Promise<void> {
    const environment = environmentOf(command);
    const key = keyOf(command);
    if (this.#spare?.key === key) {
      this.#spare.unused.refresh();
      return;
    }
    this.end();
    if (running.some((name) => environment[name])) return;
    const client = new RunnerClient(command, { ...unheard, ended: () => this.#forget(client) });
    this.#spare = { client, key, unused: setTimeout(() => this.end(), this.millis).unref() };
    try {
      const { language } = await client.request("hello", { protocol: protocolVersion });
      // What compiles JavaScript is loaded with the first file. Python prints warnings as it parses.
      if (language === "javascript") await client.request("check", { file });
    } catch {
      // The session says what is wrong with the interpreter or the file.
    }
  }

  /** The id of its process; undefined if there is none. */
  get pid(): number | undefined {
    return this.#spare?.client.pid;
  }

  /** The runner, if it is one for this command. Any other is ended: what is wanted has changed. */
  take(command: RunnerCommand, listener: RunnerListener): RunnerClient | undefined {
    const spare = this.#spare;
    if (spare?.key !== keyOf(command)) {
      this.end();
      return undefined;
    }
    this.#forget(spare.client);
    spare.client.listener = listener;
    return spare.client;
  }

  end(): void {
    this.#spare?.client.kill("Nobody needed it.");
  }

  #forget(client: RunnerClient): void {
    if (this.#spare?.client !== client) return;
    clearTimeout(this.#spare.unused);
    this.#spare = undefined;
  }
}

/** The spare runner of this process. */
export const spareRunner = new SpareRunner();

/** What must be the same. */
function keyOf(command: RunnerCommand): string {
  const { executable, args, cwd, input } = command;
  return JSON.stringify([executable, args, cwd, input, environmentOf(command)]);
}
