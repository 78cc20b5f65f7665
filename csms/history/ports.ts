import type { Repair } from './kept-frames.js';

/**
 * What is kept of what charge points told: frames to be repaired, the events of 2.x and of the security whitepaper, values
 * of monitors that 2.1 streams, and what 2.1 tells of batteries, payments and the grid.
 */
export type EntryKind =
  | 'frame'
  | 'security-event'
  | 'monitor-event'
  | 'stream-values'
  | 'battery-swap'
  | 'settlement'
  | 'der-alarm';

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
