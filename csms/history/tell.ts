import type { EventDetail, EventName } from '../../schemas/events.js';
import type { Events } from '../events.js';
import type { EntryKind, History } from './ports.js';

/** What happens seldom enough to be kept, each under the name of its event. */
export type KeptEvent = Extract<EventName, EntryKind>;

/** What happened, and when: told again it is the same time. */
export interface Happened<N extends KeptEvent> {
  chargePointId: string;
  name: N;
  /** Of the event, and of the entry: the same for every repetition. */
  id: string;
  at: Date;
  detail: EventDetail<N>;
}

/** Keeps an event for whoever asks later, and tells whoever listens now. */
export async function tell<N extends KeptEvent>(
  { chargePointId, name, id, at, detail }: Happened<N>,
  { history, events }: { history: History; events: Events },
): Promise<void> {
  await history.add({ chargePointId, kind: name, at, id, detail });
  await events.emit(chargePointId, name, id, detail);
}
