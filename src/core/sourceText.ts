/**
 * Decodes the text of a source file as its language specifies: by a byte order mark or, in Python, by the coding line.
 */

const codingLine = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;
const emptyLine = /^[ \t\f]*(?:#.*)?$/;

/** Python's names of encodings, with the name that the platform uses. */
const otherNames: Readonly<Record<string, string>> = {
  cp932: "shift_jis",
  cp936: "gbk",
  cp949: "euc-kr",
  cp950: "big5",
  cp874: "windows-874",
  "shift-jis": "shift_jis",
  "mac-roman": "macintosh",
  macroman: "macintosh",
};

/** Python's names of Latin-1, which maps every byte to the same code point. The platform decodes these names as Windows-1252. */
const latin1 = /^(?:latin-?1|l1|iso-?8859-?1|iso-latin-1|cp819|8859)$/;

/** Windows-1252, which differs from Latin-1 in 32 characters. Some versions of Node do not decode those. */
const windows1252 = /^(?:windows-|cp-?)?1252$/;
const windowsCharacters = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";

/**
 * The text of a source file.
 *
 * @param file its path; the extension determines the language
 */
export function sourceText(file: string, bytes: Uint8Array): string {
  const marked = markOf(bytes);
  if (marked !== undefined) return new TextDecoder(marked).decode(bytes);
  const coding = /\.pyw?$/i.test(file) ? codingOf(bytes) : undefined;
  if (coding === undefined) return new TextDecoder().decode(bytes);
  if (latin1.test(coding)) return byteByByte(bytes);
  if (windows1252.test(coding)) {
    return byteByByte(bytes).replace(/[\x80-\x9f]/g, (byte) => windowsCharacters[byte.charCodeAt(0) - 0x80] ?? "");
  }
  return decoded(coding, bytes);
}

/** The encoding that a byte order mark specifies, if there is one. */
export function markOf([first, second, third]: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return "utf-8";
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : undefined;
}

/** The encoding in Python's coding line, which is the first line, or the second after a comment or an empty line. */
function codingOf(bytes: Uint8Array): string | undefined {
  const [first = "", second = ""] = byteByByte(bytes.subarray(0, 1_024)).split(/\r\n?|\n/, 2);
  const found = codingLine.exec(first) ?? (emptyLine.test(first) ? codingLine.exec(second) : null);
  return found?.[1]?.toLowerCase().replaceAll("_", "-");
}

/** If the platform does not know the encoding, plain ASCII can still be decoded. */
function decoded(coding: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder(otherNames[coding] ?? coding).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

function byteByByte(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return text;
}
