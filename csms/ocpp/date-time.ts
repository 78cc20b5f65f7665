import { formats } from '../../schemas/generated/runtime.js';

/** RFC 3339 has leap seconds; `Date` has none. */
const leapSecond = /T(\d\d:\d\d):60(?:\.\d+)?/i;

/** The instant of a `date-time` that its schema allowed. A leap second is taken as the last millisecond before it. */
export function dateTime(text: string): Date {
  return new Date(text.replace(leapSecond, 'T$1:59.999'));
}

/** What charge points write for a date-time: fields of one digit, a space for the T, no seconds, no zone, `+0200`. */
const loose =
  /^\s*(\d{4})-(\d\d?)-(\d\d?)(?:T|\s+)(\d\d?):(\d\d?)(?::(\d\d?)(?:[.,](\d*))?)?\s*(?:Z|([+-])(\d\d?)(?::?(\d\d))?)?\s*$/i;

/** No time is longer, and the pattern is not made for what is. */
const longest = 64;

/**
 * The RFC 3339 of what was meant to be one, in UTC where it names no zone: OCPP's times are UTC unless they say otherwise.
 *
 * @returns undefined when it is no time, such as `yesterday`, or one that there is not, such as the 31st of February
 */
export function looseDateTime(text: string): string | undefined {
  const fields = text.length <= longest ? loose.exec(text) : undefined;
  if (!fields) return undefined;
  const [, year, month, day, hour, minute, second = '0', fraction, sign, offsetHour, offsetMinute = '00'] = fields;
  const date = [year, two(month), two(day)].join('-');
  const time = [two(hour), two(minute), two(second)].join(':');
  const zone = sign ? `${sign}${two(offsetHour)}:${offsetMinute}` : 'Z';
  const strict = `${date}T${time}${fraction ? `.${fraction}` : ''}${zone}`;
  return formats['date-time'](strict) ? strict : undefined;
}

function two(digits = '0'): string {
  return digits.padStart(2, '0');
}
