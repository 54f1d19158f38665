/** The clock that sleeping tasks wait by. */

export interface Clock {
  /** Milliseconds since the run began. @param real the current time of the runner's own clock, in milliseconds */
  at(real: number): number;
}

/** A clock that follows the runner's own clock. @param began the time of that clock when the run began */
export function realClock(began: number): Clock {
  return { at: (real) => real - began };
}
