/**
 * A text field that replaces a name while it is edited.
 */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { useEscape } from "../common/escape";

interface Props {
  readonly name: string;
  readonly onRename: (name: string) => void;
  readonly onClose: () => void;
}

/** Enter accepts the new name, Escape keeps the old one. */
export function RenameForm({ name, onRename, onClose }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [isEmpty, setEmpty] = useState(false);
  useLayoutEffect(() => input.current?.select(), []);
  useEscape(onClose);
  const submit = (event: Event) => {
    event.preventDefault();
    const typed = input.current?.value.trim() ?? "";
    setEmpty(typed === "");
    if (typed === "") return;
    if (typed !== name) onRename(typed);
    onClose();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key.startsWith("Arrow") || event.key === "Home" || event.key === "End") event.stopPropagation();
  };
  return (
    <form class="rename" noValidate onSubmit={submit} onKeyDown={onKeyDown}>
      <input
        ref={input}
        class="field"
        aria-label="Name of the branch"
        maxLength={100}
        defaultValue={name}
        aria-invalid={isEmpty}
      />
      <span class="error" role="alert">
        {isEmpty ? "Type a name." : ""}
      </span>
    </form>
  );
}
