/**
 * What a slice read and wrote. A place is the number of a variable, of a property name, of the elements of lists, of a resource, or of
 * what is printed; places with the same name count as one place, whatever object they belong to.
 */
export interface Touched {
  /** What was read before the slice itself wrote it, in ascending order. It may be written later in the same slice. */
  readonly reads: readonly number[];
  /** In ascending order. */
  readonly writes: readonly number[];
  /** Whether something was called that cannot be seen into: the slice may have read and written everything. */
  readonly all: boolean;
}

/** Whether two slices of different tasks may change places without any difference: neither writes what the other reads or writes. */
export function areIndependent(one: Touched, other: Touched): boolean {
  if (one.all || other.all) return isEmpty(one) || isEmpty(other);
  return !meet(one.writes, other.writes) && !meet(one.writes, other.reads) && !meet(one.reads, other.writes);
}

function isEmpty({ reads, writes, all }: Touched): boolean {
  return !all && reads.length === 0 && writes.length === 0;
}

/** Whether two ascending lists have a number in common. */
function meet(one: readonly number[], other: readonly number[]): boolean {
  let [at, place] = [0, 0];
  while (at < one.length && place < other.length) {
    const difference = (one[at] as number) - (other[place] as number);
    if (difference === 0) return true;
    if (difference < 0) at += 1;
    else place += 1;
  }
  return false;
}
