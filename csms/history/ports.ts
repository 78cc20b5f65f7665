import type { Repair } from './kept-frames.js';

/**
 * What is kept of what charge points told: frames to be repaired, the events of 2.x and of the security whitepaper, values
 * of monitors that 2.1 streams, and what 2.1 tells of batteries, payments and the grid. And of what happened to them: boots
 * and connections, and whatever was refused.
 */
export const entryKinds = [
  ...([
    'frame',
    'security-event',
    'monitor-event',
    'stream-values',
    'battery-swap',
    'settlement',
    'der-alarm',
  ] as const),
  ...(['boot', 'connected', 'disconnected', 'connection-flapping'] as const),
  ...(['protocol-deviation', 'frame-refused', 'frame-too-large', 'not-delivered'] as const),
  ...(['configuration-refused', 'shadow-refused', 'certificate-requested'] as const),
] as const;
export type EntryKind = (typeof entryKinds)[number];

/** One thing that was told, and is kept for whoever wants to know later. */
export interface HistoryEntry {
  chargePointId: string;
  kind: EntryKind;
  /** When it happened, by whatever clock its kind goes. */
  at: Date;
  /** Tells it from others of its kind and time, the same when it is told again; at most 900 bytes. */
  id: string;
  /** JSON. */
  detail: object;
}

/** An entry, and what was made of it where it is a frame to be repaired. */
export interface HistoryRecord extends HistoryEntry {
  repair?: Repair;
}

export interface History {
  /** Keeps an entry. One of the same charge point, kind, time and id is the same: the first stays. */
  add(entry: HistoryEntry): Promise<void>;
}
