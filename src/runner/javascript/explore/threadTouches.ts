/**
 * What the slice of a thread touches, as far as the switch point tells at which it begins. What native functions do is not seen: it is enough to
 * explain an order, but not to leave others out.
 */
import { switchText } from "../values/switchPoints";
import { elementsPlace, type Touches } from "./touches";

/** Methods of lists, maps and sets that change them. */
const changing = new Set(
  ["push", "pop", "shift", "unshift", "splice", "sort", "reverse", "fill", "copyWithin"].concat("set", "add", "delete", "clear"),
);

/** @param last what the task has yielded last: the access comes first in its next slice */
export function touchNext(touches: Touches, last: unknown): void {
  const text = typeof last === "symbol" ? switchText(last) : undefined;
  const { access, name = "" } = /^before (?<access>reading|writing) (?<name>.*)$/.exec(text ?? "")?.groups ?? {};
  if (access === undefined) return;
  const property = /\.(#?[\w$]+)$/.exec(name)?.[1];
  if (property !== undefined && changing.has(property)) touches.write(elementsPlace);
  else if (access === "writing") touches.write(placeOf(touches, name, property));
  else touches.read(placeOf(touches, name, property));
}

function placeOf(touches: Touches, name: string, property: string | undefined): number {
  if (property !== undefined) return touches.property(property);
  return /^[\w$]+$/.test(name) ? touches.place(name) : elementsPlace;
}
