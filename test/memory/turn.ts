/**
 * Every call of a port waits for its turn before it takes effect, as the network would make it wait. A scheduler that
 * hands out the turns decides how concurrent calls interleave.
 */
export type Turn = () => Promise<unknown>;

export const atOnce: Turn = async () => {};
