/**
 * How the calls of a session work at the same time: as tasks that give way where they yield, or as threads, as if preemptive. A program that
 * decides itself who runs is the third way.
 */
export const ways = ["cooperative", "threads"] as const;
export type Way = (typeof ways)[number];

/** Where threads may give way: before each access to something that others can see, or at each line. */
export const switchPoints = ["accesses", "lines"] as const;
export type SwitchPoints = (typeof switchPoints)[number];
