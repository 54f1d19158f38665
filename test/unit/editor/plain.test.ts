/**
 * Text of the user in places where VS Code reads icons and links.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { plain } from "../../../src/editor/plain";
import { hostile } from "../../fixtures/hostile";

/** What VS Code's workbench takes for an icon, and for a link in a message or a prompt. */
const icon = /(\\)?\$\(([A-Za-z0-9-]+(?:~[A-Za-z]+)?)\)/;
const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;

describe("text of the user", () => {
  for (const text of [
    "$(trash)",
    "a $(sync~spin) b $(x)",
    "[x](command:quit)",
    "[a](https://b.c 'd')",
    "[x](FILE:/etc)",
    "\\$(x)",
    ...Object.values(hostile),
  ]) {
    it(`has no icon and no link where it looks like one: ${JSON.stringify(text)}`, () => {
      const shown = plain(text);
      assert.ok(!icon.test(shown) && !link.test(shown));
      assert.equal(shown.replaceAll("\u2060", ""), text.replaceAll("\u2060", ""));
    });
  }

  it("is unchanged where it looks like neither", () => {
    for (const text of ["handlers[0](1)", "$(a b)", "$x (y)", "f($, (x))", ""]) assert.equal(plain(text), text);
  });

  /** The files that show text of the user by VS Code's own functions, and make it plain. */
  const careful = ["messages.ts", "panels/inputBoxes.ts", "prompts/ask.ts", "prompts/callBox.ts", "prompts/schedulePrompt.ts"];

  it("comes to lists, boxes and messages only through what makes it plain", () => {
    const folder = "src/editor";
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
    const direct = /window\s*\.(?:show(?:Information|Warning|Error)Message|(?:show|create)(?:QuickPick|InputBox))\b/;
    assert.deepEqual(files.filter((file) => direct.test(readFileSync(join(folder, file), "utf8"))).sort(), careful);
  });
});
