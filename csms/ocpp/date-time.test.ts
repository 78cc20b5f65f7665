import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formats } from '../../schemas/generated/runtime.js';
import { dateTime } from './date-time.js';

describe('a date-time', () => {
  it.each([
    ['2026-01-02T03:04:05Z', '2026-01-02T03:04:05.000Z'],
    ['2026-01-02T03:04:05.6789Z', '2026-01-02T03:04:05.678Z'],
    ['2026-01-02T03:04:05+01:00', '2026-01-02T02:04:05.000Z'],
    ['2026-01-02t03:04:05z', '2026-01-02T03:04:05.000Z'],
    ['2016-12-31T23:59:60Z', '2016-12-31T23:59:59.999Z'],
    ['2016-12-31T23:59:60.5Z', '2016-12-31T23:59:59.999Z'],
    ['2017-01-01T00:59:60+01:00', '2016-12-31T23:59:59.999Z'],
  ])('%s is %s', (text, iso) => {
    expect(formats['date-time'](text)).toBe(true);
    expect(dateTime(text).toISOString()).toBe(iso);
  });

  it('that its schema allows is an instant', () => {
    const two = (max: number) => fc.integer({ min: 0, max }).map((n) => String(n).padStart(2, '0'));
    const text = fc
      .tuple(
        fc.integer({ min: 0, max: 9999 }).map((year) => String(year).padStart(4, '0')),
        ...([two(13), two(32), two(24), two(60), two(61)] as const),
        fc.constantFrom('', '.1', '.123456789'),
        fc.oneof(
          fc.constantFrom('Z', 'z'),
          fc.tuple(fc.constantFrom('+', '-'), two(24), two(60)).map(([s, h, m]) => `${s}${h}:${m}`),
        ),
      )
      .map(([year, month, day, h, m, s, fraction, zone]) => `${year}-${month}-${day}T${h}:${m}:${s}${fraction}${zone}`)
      .filter((text) => formats['date-time'](text));
    fc.assert(fc.property(text, (text) => !Number.isNaN(dateTime(text).getTime())));
  });
});
