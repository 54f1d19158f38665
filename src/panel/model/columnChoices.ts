/**
 * How the user arranged the columns of the tasks.
 */

/** The limits of a chosen width, in pixels. */
const leastWidth = 40;
const mostWidth = 1_200;

/** What the user chose, by the identifiers of the columns. It is saved with the page. */
export interface ColumnChoices {
  /** In pixels. */
  readonly widths: Readonly<Record<string, number>>;
  /** Whether a column is shown, whatever the width of the panel. */
  readonly shown: Readonly<Record<string, boolean>>;
}

export const asUsual: ColumnChoices = { widths: {}, shown: {} };

/** With another width for a column, in pixels. */
export function withWidth({ shown, widths }: ColumnChoices, id: string, width: number): ColumnChoices {
  return { shown, widths: { ...widths, [id]: Math.round(Math.min(Math.max(leastWidth, width), mostWidth)) } };
}

/** With a column shown or hidden. */
export function withColumn({ shown, widths }: ColumnChoices, id: string, isShown: boolean): ColumnChoices {
  return { widths, shown: { ...shown, [id]: isShown } };
}
