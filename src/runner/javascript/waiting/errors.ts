/** Where errors that are thrown into suspended tasks come from. */
import { isError } from "../engine/errors";
import { defineProperty } from "../engine/intrinsics";
import { type PointTable, placeThrow } from "../load/pointMarks";
import { frameText } from "../values/failures";
import { isRequestError } from "../values/requestErrors";

/** If an error without a place of its own is about to be thrown into a suspended task, gives it the place of the suspension. */
export function placeAt(thrown: unknown, point: number, points: PointTable): void {
  const at = points.get(point);
  if (!at) return;
  if (!isError(thrown)) placeThrow(thrown, at);
  else if (isRequestError(thrown)) {
    placeThrow(thrown, at);
    const { name, message } = thrown as Error;
    const value = `${name}: ${message}\n${frameText(at)}`;
    defineProperty(thrown, "stack", { value, writable: true, configurable: true });
  }
}
