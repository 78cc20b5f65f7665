/** RFC 3339 has leap seconds; `Date` has none. */
const leapSecond = /T(\d\d:\d\d):60(?:\.\d+)?/i;

/** The instant of a `date-time` that its schema allowed. A leap second is taken as the last millisecond before it. */
export function dateTime(text: string): Date {
  return new Date(text.replace(leapSecond, 'T$1:59.999'));
}
