import { asOf } from '../inventory/asked.js';
import { dateTime } from '../ocpp/date-time.js';
import type { EffectContext } from '../ocpp/effect.js';

/** What an EVSE is to draw after all that limits it, from its start on. */
export interface CompositeSchedule {
  /** 1.6: the connector. 0: the charge point as a whole. */
  evseId: number;
  /** Seconds. */
  duration: number;
  /** An OCPP date-time. */
  scheduleStart: string;
  chargingRateUnit?: string;
  /** As OCPP has them. */
  chargingSchedulePeriod: object[];
}

/** K08/5.7: kept as last known, as long as it holds. */
export async function keepSchedule(schedule: CompositeSchedule, at: Date, context: EffectContext): Promise<void> {
  const { evseId, duration, scheduleStart } = schedule;
  const until = new Date(dateTime(scheduleStart).getTime() + duration * 1_000);
  await asOf(at, context).put('composite-schedule', evseId, schedule, until);
}
