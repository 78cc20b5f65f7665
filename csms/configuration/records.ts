import type { Asked } from './ports.js';

/** What a charge point's shadow says of its configuration, and what it was asked for since. */
export interface ShadowConfiguration {
  /** Of the shadow: it counts its updates; 0 when there is none. */
  version: number;
  /** As somebody wrote it: values by keys, if all is well. */
  desired: unknown;
  /** What it took, by the keys that it is desired by. */
  reported: unknown;
  asked: Asked | undefined;
}

/** What an operator reads and writes of configurations. */
export interface ConfigurationRecords {
  read(chargePointId: string): Promise<ShadowConfiguration>;
  /**
   * Desires values by their keys, beside those that are desired already; null takes one back.
   *
   * @param expected the version of the shadow that was read
   * @throws {ChangedMeanwhile} when it has another
   * @throws {ShadowRefused} when AWS will not have it
   */
  desire(chargePointId: string, values: Record<string, string | null>, expected?: number): Promise<void>;
}
