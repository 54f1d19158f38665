/**
 * Cleanup of what the tests of a file share.
 */

/** These functions are called after the last test of each file. */
export const afterFile: (() => void)[] = [];
