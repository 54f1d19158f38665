/**
 * An area that keeps its height. At full speed it has little content, and the controls below must not move under the pointer: a click is
 * lost if the button is pressed in one place and released in another.
 */
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";

/** While `isKept` is true, the area is at least as high as it was before. */
export function StableHeight({ isKept, children }: { isKept: boolean; children: ComponentChildren }) {
  const box = useRef<HTMLDivElement>(null);
  const height = useRef(0);
  if (!isKept) height.current = 0;
  else if (height.current === 0) height.current = box.current?.offsetHeight ?? 0;
  return (
    <div ref={box} style={{ minHeight: `${height.current}px` }}>
      {children}
    </div>
  );
}
