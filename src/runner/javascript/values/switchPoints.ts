/**
 * Switch points as values: what the generator of a thread yields where the thread may give way. They are symbols that no program can come
 * by, because a yielded primitive is never mistaken for a request, and costs least.
 */

const texts = new Map<symbol, string>();

/** @param text what the thread does next, in words: `before reading counter` */
export function switchPoint(text: string): symbol {
  const point = Symbol(text);
  texts.set(point, text);
  return point;
}

/** The words of a switch point; undefined for other symbols. */
export function switchText(value: symbol): string | undefined {
  return texts.get(value);
}
