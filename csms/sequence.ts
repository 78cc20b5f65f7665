/** Which numbers of a sequence have come, as ranges `[from, to]` with both ends in: in order, none touching the next. */
export type Ranges = readonly (readonly [from: number, to: number])[];

/** @returns the ranges with `n` in them; those that were given when it has come before */
export function add(ranges: Ranges, n: number): Ranges {
  if (ranges.some(([from, to]) => from <= n && n <= to)) return ranges;
  const before = ranges.filter(([, to]) => to < n - 1);
  const after = ranges.filter(([from]) => from > n + 1);
  const touching = ranges.slice(before.length, ranges.length - after.length);
  const from = Math.min(n, ...touching.map(([from]) => from));
  const to = Math.max(n, ...touching.map(([, to]) => to));
  return [...before, [from, to], ...after];
}

/** @returns what has not come of `first` up to the highest number that has */
export function missing(ranges: Ranges, first: number): Ranges {
  return ranges
    .map(([from], i) => [Math.max((ranges[i - 1]?.[1] ?? -1) + 1, first), from - 1] as const)
    .filter(([from, to]) => from <= to);
}
