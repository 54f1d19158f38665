/**
 * The error that the task of a step threw, as plain data.
 */
import type { Thrown } from "../../core/trace/thrown";

export interface ThrownRecord {
  readonly step: number;
  readonly thrown: Thrown;
}
