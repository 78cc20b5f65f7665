/** Which part of a list is asked for. */
export interface PageRequest {
  limit: number;
  /** What the page before returned; opaque. */
  cursor?: string | undefined;
}

/** A part of a list, and where the next one begins; without a cursor there is no more. */
export interface Page<T> {
  items: T[];
  cursor?: string;
}

/** A cursor that no page of this list returned. */
export class BadCursor extends Error {}

/** Which times are asked for, ISO 8601 UTC: `from` is in, and so is `to`. */
export interface TimeRange {
  from?: string | undefined;
  to?: string | undefined;
}
