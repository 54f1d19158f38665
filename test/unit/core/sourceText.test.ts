import assert from "node:assert/strict";
import { sourceText } from "../../../src/core/sourceText";

const bytes = (...parts: (string | number[])[]) =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === "string" ? [...Buffer.from(part, "latin1")] : part)));

describe("the text of a source", () => {
  const cases: readonly (readonly [what: string, file: string, content: Uint8Array, text: string])[] = [
    ["UTF-8", "a.py", Buffer.from("é = '😀'"), "é = '😀'"],
    ["UTF-8 with a mark, which is no part of it", "a.js", Buffer.from("\ufeffé"), "é"],
    ["UTF-8 with a mark, whatever a coding line says", "a.py", Buffer.from("\ufeff# coding: latin-1\né"), "# coding: latin-1\né"],
    ["little-endian UTF-16", "a.ts", Buffer.from("\ufeffé1", "utf16le"), "é1"],
    ["big-endian UTF-16", "a.ts", bytes([0xfe, 0xff, 0, 0xe9, 0, 0x31]), "é1"],
    ["a coding line", "a.py", bytes("# -*- coding: latin-1 -*-\n\xe9\x80"), "# -*- coding: latin-1 -*-\né\x80"],
    [
      "one as another editor writes it",
      "a.py",
      bytes("# vim: set fileencoding=cp1252 :\r\n\x80"),
      "# vim: set fileencoding=cp1252 :\r\n€",
    ],
    [
      "one in the second line",
      "a.pyw",
      bytes("#!/usr/bin/python\n# coding=ISO_8859_1\n\xe9"),
      "#!/usr/bin/python\n# coding=ISO_8859_1\né",
    ],
    ["none below code", "a.py", bytes("x = 1\n# coding: latin-1\n\xe9"), "x = 1\n# coding: latin-1\n\ufffd"],
    ["none in the third line", "a.py", bytes("\n\n# coding: latin-1\n\xe9"), "\n\n# coding: latin-1\n\ufffd"],
    ["none in JavaScript", "a.js", bytes("# coding: latin-1\n\xe9"), "# coding: latin-1\n\ufffd"],
    ["several bytes a character", "a.py", bytes("# coding: shift_jis\n", [0x82, 0xa0]), "# coding: shift_jis\nあ"],
    ["Python's own name of an encoding", "a.py", bytes("# coding: cp932\n", [0x82, 0xa0]), "# coding: cp932\nあ"],
    ["a name that nobody knows", "a.py", bytes("# coding: rot13x\nyield"), "# coding: rot13x\nyield"],
  ];
  for (const [what, file, content, text] of cases) it(`honours ${what}`, () => assert.equal(sourceText(file, content), text));

  it("is decoded in one piece if it is long", () => {
    const long = `# coding: latin-1\n${"\xe9".repeat(300_000)}`;
    assert.equal(sourceText("a.py", bytes(long)), long);
  });
});
