import { strict as assert } from "node:assert";
import { printable } from "../../../src/core/printable";

/** Characters that can hide in a text, or make two different texts look equal. */
const unseen: readonly (readonly [what: string, character: string, shown: string])[] = [
  ["an escape of a terminal", "\x1b", "\\x1b"],
  ["a mark that reorders text", "\u202e", "\\u202e"],
  ["the Arabic letter mark", "\u061c", "\\u061c"],
  ["a space of no width", "\u200b", "\\u200b"],
  ["a non-joiner", "\u200c", "\\u200c"],
  ["a joiner", "\u200d", "\\u200d"],
  ["a word joiner", "\u2060", "\\u2060"],
  ["an invisible times sign", "\u2062", "\\u2062"],
  ["a byte order mark", "\ufeff", "\\ufeff"],
  ["a soft hyphen", "\u00ad", "\\xad"],
  ["the Mongolian vowel separator", "\u180e", "\\u180e"],
  ["a filler of Hangul", "\u3164", "\\u3164"],
  ["a joiner of graphemes", "\u034f", "\\u034f"],
  ["a variation selector", "\ufe0f", "\\ufe0f"],
  ["an anchor of an annotation", "\ufff9", "\\ufff9"],
  ["a letter of a tag", "\u{e0061}", "\\u{e0061}"],
];

describe("text for a terminal", () => {
  for (const [what, character, shown] of unseen) {
    it(`shows ${what}`, () => assert.equal(printable(`a${character}b`), `a${shown}b`));
  }

  it("keeps characters that are part of an emoji", () => {
    for (const picture of ["👩\u200d💻", "👩🏽\u200d💻", "❤\ufe0f", "🏳\ufe0f\u200d🌈", "1\ufe0f\u20e3"])
      assert.equal(printable(picture), picture);
  });

  it("shows such a character on its own as an escape", () => {
    assert.equal(printable("👩\u200da\u200d👩"), "👩\\u200da\\u200d👩");
  });

  it("keeps letters of every script, with their accents", () => {
    for (const text of ["naïve", "e\u0301", "日本語", "हिन्दी", "שלום", "Ελληνικά"]) assert.equal(printable(text), text);
  });
});
