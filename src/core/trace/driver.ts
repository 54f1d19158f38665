/** The frame that has resumed a task in an observed program. */
export interface Driver {
  readonly function: string;
  readonly file: string;
  readonly line: number;
}
