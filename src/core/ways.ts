/**
 * How the calls of a session work at the same time: as tasks that give way where they yield; as threads, as if preemptive; or each in a process
 * of its own, all at once. A program that decides itself who runs is one more way.
 */
export const ways = ["cooperative", "threads", "processes"] as const;
export type Way = (typeof ways)[number];

/** Where threads may give way: before each access to something that others can see, or at each line. */
export const switchPoints = ["accesses", "lines"] as const;
export type SwitchPoints = (typeof switchPoints)[number];
