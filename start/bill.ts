import type { Operation } from '../local/meter.js';

/** What an operation costs in US dollars a million (us-east-1, list price, arm64). */
export const prices: Record<Operation, number> = {
  'API Gateway messages': 1,
  'API Gateway connection minutes': 0.25,
  'CloudFront function runs': 0.1,
  'CloudFront requests': 1,
  'DynamoDB read units': 0.125,
  'DynamoDB write units': 0.625,
  'HTTP API requests': 1,
  'IoT messages': 1,
  'IoT rules triggered': 0.15,
  'IoT rule actions': 0.15,
  'IoT shadow and registry operations': 1.25,
  'Lambda requests': 0.2,
  'S3 GET requests': 0.4,
  'S3 PUT requests': 5,
  'SQS requests': 0.4,
};

/** The totals of a meter as lines for people, with what they would cost. */
export function bill(totals: Partial<Record<Operation, number>>): string[] {
  const rows = Object.entries(totals) as [Operation, number][];
  const cost = rows.reduce((sum, [operation, units]) => sum + (units * prices[operation]) / 1e6, 0);
  return [
    ...rows.map(([operation, units]) => `${String(units).padStart(10)}  ${operation}`),
    `in AWS: ${cost.toFixed(6)} $ at list prices, and Lambda's duration`,
  ];
}
