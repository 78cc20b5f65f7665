import type { MeterValue, SampledValue } from './ports.js';

/** What an energy register showed. */
export interface Register {
  /** ISO 8601 UTC. */
  at: string;
  wh: number;
  /** Why it was read, in OCPP's words; `meterStart` and `meterStop` are what the messages of 1.6 have beside all values. */
  context: string;
}

/**
 * What the register of the energy that went to the car showed: one for each time and context. Amounts of an interval, other
 * places than the outlet, and what is only signed are none.
 */
export function registersOf(meterValues: readonly MeterValue[]): Register[] {
  return meterValues.flatMap(({ at, sampledValues }) => {
    const readings = sampledValues.filter(isRegister);
    const contexts = new Set(readings.map(({ context }) => context));
    return [...contexts].flatMap((context) => {
      const wh = total(readings.filter((reading) => reading.context === context));
      return wh === undefined ? [] : [{ at, wh, context }];
    });
  });
}

function isRegister({ measurand, location, unit }: SampledValue): boolean {
  return measurand === 'Energy.Active.Import.Register' && location === 'Outlet' && unit === 'Wh';
}

/** The total as it was read; where a meter tells each phase only, their sum. */
function total(readings: readonly SampledValue[]): number | undefined {
  const whole = readings.find(({ phase, value }) => phase === undefined && value !== undefined);
  if (whole) return whole.value;
  const phases = ['L1', 'L2', 'L3'].map(
    (phase) => readings.find((reading) => reading.phase === phase || reading.phase === `${phase}-N`)?.value,
  );
  const known = phases.filter((value) => value !== undefined);
  return known.length > 0 ? known.reduce((sum, value) => sum + value, 0) : undefined;
}
