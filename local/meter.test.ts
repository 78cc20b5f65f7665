import { expect, it } from 'vitest';
import { bill, startMeter, steps } from './meter.js';

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

it('makes a bill of list prices', () => {
  expect(bill({ 'API Gateway messages': 1_000_000, 'IoT rules triggered': 2_000_000 })).toEqual([
    '   1000000  API Gateway messages',
    '   2000000  IoT rules triggered',
    "in AWS: 1.300000 $ at list prices, and Lambda's duration",
  ]);
});
