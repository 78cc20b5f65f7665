import fc from 'fast-check';
import type { Schema } from '../../schemas/generated/runtime.js';

/** A value as it was sent and as it was meant. */
export type Sloppy = { sent: unknown; meant: unknown };
const absent = Symbol('absent');
const same = (value: unknown): Sloppy => ({ sent: value, meant: value });

/** Values of a schema, spelled in every way that is tolerated, which leave no doubt of what was meant. */
export function sloppy(schema: Schema): fc.Arbitrary<Sloppy> {
  switch (schema.type) {
    case 'object':
      return sloppyObject(schema);
    case 'array':
      return sloppyList(schema);
    case 'string':
      return sloppyText(schema);
    case 'integer':
      return sloppyNumber(fc.integer({ min: schema.minimum ?? -1_000, max: schema.maximum ?? 1_000_000 }), [
        '',
        '.0',
        ' ',
      ]);
    case 'number':
      return sloppyNumber(numbers(schema), ['', ' ']);
    case 'boolean':
      return fc
        .boolean()
        .chain((meant) =>
          fc
            .constantFrom(meant, `${meant}`, `${meant}`.toUpperCase(), meant ? 1 : 0, meant ? '1' : '0')
            .map((sent) => ({ sent, meant })),
        );
    default:
      return fc.jsonValue({ maxDepth: 2 }).map(same);
  }
}

function sloppyObject({ properties = {}, required = [], open }: Schema): fc.Arbitrary<Sloppy> {
  const members = Object.entries(properties).map(([name, member]) => {
    const there = fc.tuple(sloppy(member), fc.constantFrom(name, name, name, name.toUpperCase()));
    const named = there.map(([value, sentAs]) => ({ name, sentAs, ...value }));
    if (required.includes(name)) return named;
    const notThere = fc
      .constantFrom<unknown[]>(absent, ...emptyOf(member))
      .map((sent) => ({ name, sentAs: name, sent, meant: absent }));
    return fc.oneof({ weight: 2, arbitrary: notThere }, named) as typeof named;
  });
  return fc
    .tuple(fc.tuple(...members), fc.boolean(), fc.jsonValue({ maxDepth: 1 }))
    .map(([values, hasUnknown, unknown]) => {
      const others = hasUnknown ? [['_of_nobody', unknown]] : [];
      const those = (which: (value: (typeof values)[number]) => [string, unknown]) =>
        values.map(which).filter(([, value]) => value !== absent);
      return {
        sent: Object.fromEntries([...those(({ sentAs, sent }) => [sentAs, sent]), ...others]),
        meant: Object.fromEntries([...those(({ name, meant }) => [name, meant]), ...(open ? others : [])]),
      };
    });
}

/** How some write that there is nothing. */
function emptyOf({ type, format, enum: allowed, minItems = 0 }: Schema): unknown[] {
  if (type === undefined) return [];
  if (type === 'string' && !format && !allowed) return [null];
  return minItems > 0 ? [null, '', []] : [null, ''];
}

function sloppyList({ items = {}, minItems: minLength = 0, maxItems = Infinity }: Schema): fc.Arbitrary<Sloppy> {
  const maxLength = Math.min(maxItems, Math.max(minLength, 3));
  return fc.tuple(fc.array(sloppy(items), { minLength, maxLength }), fc.boolean()).map(([values, isBare]) => ({
    sent: isBare && values.length === 1 && items.type === 'object' ? values[0]?.sent : values.map(({ sent }) => sent),
    meant: values.map(({ meant }) => meant),
  }));
}

function sloppyText({ format, enum: allowed, maxLength = 60 }: Schema): fc.Arbitrary<Sloppy> {
  if (format === 'date-time') return sloppyTime;
  if (format === 'uri') return fc.constant(same('https://example.com/a'));
  if (!allowed) {
    const tooLong = fc.constant(same('x'.repeat(maxLength + 1)));
    const number = fc.integer({ min: 0, max: 9 }).map((sent): Sloppy => ({ sent, meant: String(sent) }));
    return fc.oneof(fc.string({ maxLength }).map(same), tooLong, number);
  }
  return fc
    .constantFrom(...allowed)
    .chain((meant) =>
      fc.constantFrom(meant, meant.toLowerCase(), meant.toUpperCase(), ` ${meant} `).map((sent) => ({ sent, meant })),
    );
}

function sloppyNumber(numbers: fc.Arbitrary<number>, endings: string[]): fc.Arbitrary<Sloppy> {
  return fc.tuple(numbers, fc.constantFrom(undefined, ...endings)).map(([meant, ending]) => ({
    sent: ending === undefined ? meant : `${meant}${ending}`,
    meant,
  }));
}

/** Without -0, which no text is. */
function numbers({ minimum: min = -1e9, maximum: max = 1e9, multipleOf }: Schema): fc.Arbitrary<number> {
  const all = fc.double({ min, max, noNaN: true }).map((n) => n + 0);
  return multipleOf ? fc.integer({ min: 0, max: 100 }).map((n) => n * multipleOf) : all;
}

const two = (n: number) => String(n).padStart(2, '0');
const sloppyTime: fc.Arbitrary<Sloppy> = fc
  .tuple(
    fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }), fc.integer({ min: 0, max: 23 })),
    fc.tuple(fc.integer({ min: 0, max: 59 }), fc.integer({ min: 0, max: 59 }), fc.constantFrom('', '.5', '.123')),
    fc.tuple(fc.constantFrom('T', 't', ' ', '  '), fc.boolean()),
    fc.constantFrom(['Z', 'Z'], ['', 'Z'], [' Z', 'Z'], ['+0200', '+02:00'], ['-3:30', '-03:30'], ['+02', '+02:00']),
  )
  .map(([[month, day, hour], [minute, second, fraction], [between, isPadded], [zone, meantZone]]) => {
    const shown = isPadded ? two : String;
    const clock = (two: (n: number) => string) => `${two(hour)}:${two(minute)}:${two(second)}${fraction}`;
    const sent = `2026-${shown(month)}-${shown(day)}${between}${clock(shown)}${zone}`;
    const meant = `2026-${two(month)}-${two(day)}T${clock(two)}${meantZone}`;
    return { sent, meant };
  });
