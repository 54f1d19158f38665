/**
 * A name where there is little space. All of it is available to screen readers, to the pointer and for copying; what is drawn
 * is cut where the name resembles the others.
 */
import type { Names, Piece } from "../text/shortening";

interface Props {
  readonly text: string;
  /** The names beside it. */
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

/** Up to so many characters are no wider than the sign that they are left out. */
const brief = 2;

function classOf({ kind, text }: Piece): string {
  return kind === "alike" && text.length <= brief ? "alike brief" : kind;
}
