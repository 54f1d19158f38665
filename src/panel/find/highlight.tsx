/**
 * A value's preview, or other text, with the matches of the search highlighted.
 */
import { piecesOf, textPattern } from "../../core/analysis/textPattern";
import { Preview } from "../common/elements";
import type { SearchState } from "../model/searchState";
import { oneLine, type Token, tokens } from "../text/text";

interface Props {
  readonly finding: SearchState;
  readonly text: string;
}

/** Like `Preview`, with matches highlighted while a search is active. */
export function HighlightedPreview({ finding, text }: Props) {
  const parts = marked(finding, tokens(text));
  if (!parts) return <Preview text={text} />;
  return (
    <code class="value" title={oneLine(text)}>
      {parts}
    </code>
  );
}

/** One line of plain text, with matches highlighted while a search is active. */
export function HighlightedText({ finding, text }: Props) {
  return <>{marked(finding, [{ kind: "plain", text: oneLine(text) }]) ?? oneLine(text)}</>;
}

function marked({ isActive, query }: SearchState, parts: readonly Token[]) {
  if (!isActive || query.text === "") return undefined;
  const pieces = piecesOf(textPattern(query.text, query.case), parts.map(({ text }) => text).join(""));
  if (!pieces.some(({ found }) => found)) return undefined;
  return cut(parts, pieces).map(({ kind, text, found }, index) => {
    const className = kind === "plain" ? undefined : kind;
    return found ? (
      <mark key={index} class={className}>
        {text}
      </mark>
    ) : (
      <span key={index} class={className}>
        {text}
      </span>
    );
  });
}

type Part = Token & { readonly found: boolean };

/** Intersects two partitions of the same text, so that each part of the result lies within one part of both. */
function cut(parts: readonly Token[], pieces: readonly { readonly text: string; readonly found: boolean }[]): Part[] {
  const all: Part[] = [];
  let at = 0;
  let left = pieces[0]?.text.length ?? 0;
  for (const { kind, text } of parts) {
    for (let from = 0; from < text.length; ) {
      const length = Math.min(left, text.length - from);
      all.push({ kind, text: text.slice(from, from + length), found: pieces[at]?.found ?? false });
      from += length;
      left -= length;
      if (left === 0) {
        at += 1;
        left = pieces[at]?.text.length ?? text.length;
      }
    }
  }
  return all;
}
