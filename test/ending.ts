/**
 * What is shared by the tests of a file, and to be ended after the last of them.
 */

/** Called after the last test of each file. */
export const afterFile: (() => void)[] = [];
