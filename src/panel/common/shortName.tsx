/**
 * A name where there is little space. The full name is available to screen readers, in the tooltip and for copying. The part it has in
 * common with other names may be cut from what is drawn.
 */
import type { Names, Piece } from "../text/shortening";

interface Props {
  readonly text: string;
  /** The names shown near it. */
  readonly among: Names;
  readonly class?: string;
}

export function ShortName({ text, among, class: classes = "" }: Props) {
  const pieces = among.pieces(text);
  const style = { "--apart": among.leastOf(text) };
  if (pieces.length === 1) {
    return (
      <bdi class={`short ${classes}`} title={text} style={style}>
        {text}
      </bdi>
    );
  }
  return (
    <bdi class={`short ${classes}`} title={text} style={style}>
      <span class="whole">{text}</span>
      {pieces.map((piece, index) => (
        <span key={index} class={classOf(piece)} data-text={piece.text} aria-hidden="true" />
      ))}
    </bdi>
  );
}

/** A text of up to this many characters is no wider than the ellipsis that would replace it. */
const brief = 2;

function classOf({ kind, text }: Piece): string {
  return kind === "alike" && text.length <= brief ? "alike brief" : kind;
}
