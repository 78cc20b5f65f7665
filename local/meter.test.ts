import { expect, it } from 'vitest';
import { startMeter, steps } from './meter.js';

it('adds up what it counts', () => {
  const meter = startMeter();
  meter.count('Lambda requests');
  meter.count('Lambda requests', 2);
  expect(meter.totals()).toEqual({ 'Lambda requests': 3 });
});

it.each([
  [0, 1],
  [1, 1],
  [5120, 1],
  [5121, 2],
])('%d bytes are %d steps of 5 KB: none is free', (bytes, expected) => {
  expect(steps(bytes, 5120)).toBe(expected);
});
