/** What a charge point's shadow desires and doesn't report, at some version of it. */
export interface Difference {
  chargePointId: string;
  /** Of the shadow: it counts its updates. */
  version: number;
  /** When that was so, to the second. */
  at: Date;
  /** `configuration` as somebody wrote it: values by keys, if all is well. */
  configuration: unknown;
}

/** What a charge point was asked for, last, since its shadow desires it. */
export interface Asked {
  /** The newest version of the shadow that was looked at. */
  version: number;
  keys: Record<string, { value: string; commandId: string; version: number }>;
}

export interface DesiredConfigurations {
  /** Reads the shadow. @returns undefined when nothing differs */
  difference(chargePointId: string): Promise<Difference | undefined>;
  /** @param transition pure; what it returns is put in the place of what was there, unless that is undefined @returns what is there now */
  change(
    chargePointId: string,
    transition: (asked: Asked | undefined) => Asked | undefined,
  ): Promise<Asked | undefined>;
}
