/** Whoever wanted to change something had read it before somebody else changed it. */
export class ChangedMeanwhile extends Error {}
