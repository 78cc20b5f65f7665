/** Queues that are empty while all is well. */
export interface Queues {
  /** About how many messages wait in each, by its name. */
  depths(): Promise<Record<string, number>>;
}
