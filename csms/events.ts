import type { EventDetail, EventName } from '../schemas/events.js';

/** Publishes the CSMS's own events on `{id}/events/{name}`. */
export interface Events {
  /**
   * @param id the same for every repetition of the same event
   */
  emit<N extends EventName>(chargePointId: string, name: N, id: string, detail: EventDetail<N>): Promise<void>;
}
