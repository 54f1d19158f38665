/**
 * Previews of values without children: primitives, functions, dates. Their length is always bounded.
 */
import { types } from "node:util";
import { apply, getterOf } from "../engine/intrinsics";
import { ownName } from "../engine/names";
import { switchText } from "./switchPoints";

export const longestText = 100;
const longestHexadecimal = 512;
/** The maximum number of digits of an integer that is shown in full. */
const longestWhole = 150;
const longestKey = 40;

const symbolDescription = getterOf(Symbol.prototype, "description");
const functionSource = Function.prototype.toString;
const isoDate = Date.prototype.toISOString;
const time = Date.prototype.getTime;
const regexpSource = getterOf(RegExp.prototype, "source");
const bigIntText = BigInt.prototype.toString;
const regexpFlags = (
  [
    ["d", "hasIndices"],
    ["g", "global"],
    ["i", "ignoreCase"],
    ["m", "multiline"],
    ["s", "dotAll"],
    ["u", "unicode"],
    ["v", "unicodeSets"],
    ["y", "sticky"],
  ] as const
).map(([flag, key]) => [flag, getterOf(RegExp.prototype, key)] as const);

/** A string in quotes. If it was cut, an ellipsis follows. */
export function quote(text: string): string {
  return text.length <= longestText
    ? JSON.stringify(text)
    : `${JSON.stringify(text.slice(0, longestText))}… (${text.length} characters)`;
}

/** The preview of a primitive value. */
export function primitiveText(value: unknown): string {
  switch (typeof value) {
    case "string":
      return quote(value);
    case "number":
      return value === 0 && 1 / value < 0 ? "-0" : `${value}`;
    case "bigint":
      return bigIntPreview(value);
    case "symbol":
      return symbolText(value);
    default:
      return `${value as boolean | null | undefined}`;
  }
}

/**
 * The first digits of a long bigint, and only the number of digits of a very long one. Converting to decimal takes quadratic time, to
 * hexadecimal linear time.
 */
function bigIntPreview(value: bigint): string {
  const hexadecimal = apply(bigIntText, value, [16]);
  if (hexadecimal.length > longestHexadecimal) {
    return `${value < 0n ? "-" : ""}…n (about ${Math.round(hexadecimal.length * Math.log10(16))} digits)`;
  }
  const text = apply(bigIntText, value, []);
  const digits = text.length - (value < 0n ? 1 : 0);
  return digits <= longestWhole ? `${text}n` : `${text.slice(0, longestText)}…n (${digits} digits)`;
}

function symbolText(value: symbol): string {
  const words = switchText(value);
  if (words !== undefined) return words;
  const description = apply(symbolDescription, value, []);
  return description === undefined ? "Symbol()" : `Symbol(${shorten(description as string)})`;
}

/** The name of a property, as it is written in source code. */
export function keyText(key: string | symbol): string {
  if (typeof key === "symbol") return `[${symbolText(key)}]`;
  if (/^(?:[A-Za-z_$][\w$]*|\d+)$/.test(key.slice(0, longestKey))) return shorten(key);
  return JSON.stringify(shorten(key));
}

function shorten(text: string): string {
  return text.length > longestKey ? `${text.slice(0, longestKey)}…` : text;
}

export function functionText(fn: object): string {
  const isClass = apply(functionSource, fn, []).startsWith("class");
  const name = ownName(fn);
  return isClass ? `class ${name ?? "(anonymous)"}` : `ƒ ${name ?? ""}()`;
}

export function dateText(date: object): string {
  return Number.isNaN(apply(time, date, [])) ? "Invalid Date" : apply(isoDate, date, []);
}

export function regexpText(regexp: object): string {
  const flags = regexpFlags.filter(([, read]) => apply(read, regexp, [])).map(([flag]) => flag);
  const source = apply(regexpSource, regexp, []) as string;
  return `/${source.length > longestText ? `${source.slice(0, longestText)}…` : source}/${flags.join("")}`;
}

/** The preview of a boxed primitive: `[Number: 3]`. */
export function boxedText(boxed: object): string {
  if (types.isNumberObject(boxed)) return `[Number: ${primitiveText(apply(Number.prototype.valueOf, boxed, []))}]`;
  if (types.isStringObject(boxed)) return `[String: ${primitiveText(apply(String.prototype.valueOf, boxed, []))}]`;
  if (types.isBooleanObject(boxed)) return `[Boolean: ${apply(Boolean.prototype.valueOf, boxed, [])}]`;
  if (types.isBigIntObject(boxed)) return `[BigInt: ${primitiveText(apply(BigInt.prototype.valueOf, boxed, []))}]`;
  return `[Symbol: ${primitiveText(apply(Symbol.prototype.valueOf, boxed, []))}]`;
}
