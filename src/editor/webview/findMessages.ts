/**
 * Handles the panel's requests about a whole run: which steps match, and the statistics of its tasks.
 */
import { env } from "vscode";
import type { FromPanel, ToPanel } from "../../protocol/panel";
import { figuresOf } from "../../session/analysis/statistics";
import { UserError } from "../../session/common/errors";
import { Searching } from "../../session/view/search";
import type { Viewed } from "../../session/view/viewed";

/** A request about a whole run. */
export type FindMessage = Extract<FromPanel, { type: "find" | "matches" | "match" | "endFind" | "figures" | "copy" }>;

type Asked = Extract<FindMessage, { id: number }>;

/** Handles the requests of one panel, which has one search at a time. */
export class FindMessages {
  readonly #searching = new Searching();

  /** @returns the reply, if the message needs one */
  async answer(message: FindMessage, viewed: Viewed | undefined): Promise<ToPanel | undefined> {
    if (message.type === "copy") await env.clipboard.writeText(message.text);
    else if (message.type === "endFind") this.#searching.end();
    else return this.#reply(message, viewed);
  }

  async #reply(message: Asked, viewed: Viewed | undefined): Promise<ToPanel> {
    const { id } = message;
    try {
      if (!viewed) throw new UserError("There is no trace to search.", "Start a session.");
      return await this.#replyAbout(message, viewed);
    } catch (error) {
      return { type: "refused", id, message: error instanceof Error ? error.message : String(error) };
    }
  }

  async #replyAbout(message: Asked, viewed: Viewed): Promise<ToPanel> {
    const { id } = message;
    switch (message.type) {
      case "find":
        return { type: "found", id, found: await this.#searching.find(viewed, message.search, message.query) };
      case "matches":
        return { type: "rows", id, rows: await this.#searching.rows(viewed, message.search, message.from, message.count) };
      case "match":
        return { type: "match", id, match: this.#searching.match(viewed, message.search, message.step, message.toward) };
      case "figures":
        return { type: "figures", id, figures: await figuresOf(viewed.run, message.upTo) };
    }
  }
}
