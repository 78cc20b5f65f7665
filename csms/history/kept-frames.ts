import type { RefusalCode } from '../../schemas/refusals.js';
import type { Protocol } from '../ocpp/protocol.js';
import type { Page, PageRequest } from '../page.js';

/** What is kept of a frame with money in it. */
export interface FrameDetail {
  /** As it came. */
  frame: string;
  connectionId: string;
  protocol: Protocol;
  action: string;
  code: RefusalCode;
  why: string;
  /** ISO 8601 UTC. */
  receivedAt: string;
}

/** What somebody makes of a kept frame. Times are ISO 8601 UTC. */
export interface Repair {
  /** The message id of the corrected CALL. */
  id: string;
  /** `asked` until the CALL was handled; `refused` when that was refused as well: then it may be corrected again. */
  status: 'asked' | 'repaired' | 'refused' | 'dismissed';
  at: string;
  /** A caller's id. */
  by: string;
  action?: string;
  /** JSON, as it was asked for. */
  payload?: string;
  /** Why it was dismissed, or refused. */
  reason?: string;
  /** The payload that the charge point would have been answered. */
  answer?: object;
}

export interface KeptFrame {
  chargePointId: string;
  /** When it was received, and what tells it from others of that time. */
  frameId: string;
  detail: FrameDetail;
  repair?: Repair;
}

export interface KeptFrames {
  /** Strongly consistent. */
  find(chargePointId: string, frameId: string): Promise<KeptFrame | undefined>;
  /** Puts a repair in place of the one that was `before`. @returns false when somebody else was faster */
  mark(chargePointId: string, frameId: string, repair: Repair, before: Repair | undefined): Promise<boolean>;
}

/** What an operator reads of kept frames. May be behind. */
export interface KeptFrameRecords {
  /** Those of all charge points that are neither repaired nor dismissed, the oldest first. */
  open(page: PageRequest): Promise<Page<KeptFrame>>;
  /** Those of a charge point, the newest first. */
  of(chargePointId: string, page: PageRequest): Promise<Page<KeptFrame>>;
}

/** What a kept frame is known by: safe in a path. */
export function frameIdOf(receivedAt: Date, entryId: string): string {
  return `${receivedAt.toISOString()}-${entryId}`;
}

/** When a kept frame was received, ISO 8601 UTC, and the id of its entry; undefined for what is no such id. */
export function entryOf(frameId: string): { at: string; id: string } | undefined {
  const [, at, id] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)-([0-9a-f]{16})$/.exec(frameId) ?? [];
  return at && id ? { at, id } : undefined;
}

/** Is there nothing left to do about it? */
export function isDone({ status }: Repair): boolean {
  return status === 'repaired' || status === 'dismissed';
}
