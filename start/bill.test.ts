import { expect, it } from 'vitest';
import { bill } from './bill.js';

it('is made of list prices', () => {
  expect(bill({ 'API Gateway messages': 1_000_000, 'IoT rules triggered': 2_000_000 })).toEqual([
    '   1000000  API Gateway messages',
    '   2000000  IoT rules triggered',
    "in AWS: 1.300000 $ at list prices, and Lambda's duration",
  ]);
});
