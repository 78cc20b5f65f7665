/** What AWS bills. Durations are not counted: a laptop's mean nothing. */
export type Operation =
  | 'API Gateway messages'
  | 'API Gateway connection minutes'
  | 'CloudFront function runs'
  | 'CloudFront requests'
  | 'DynamoDB read units'
  | 'DynamoDB write units'
  | 'HTTP API requests'
  | 'IoT messages'
  | 'IoT rules triggered'
  | 'IoT rule actions'
  | 'IoT shadow and registry operations'
  | 'Lambda requests'
  | 'S3 GET requests'
  | 'S3 PUT requests'
  | 'SQS requests';

/** Counts billable operations as AWS does. */
export interface Meter {
  count(operation: Operation, units?: number): void;
  /** So far, without those of which there were none. */
  totals(): Partial<Record<Operation, number>>;
}

export function startMeter(): Meter {
  const totals: Partial<Record<Operation, number>> = {};
  return {
    count(operation, units = 1) {
      totals[operation] = (totals[operation] ?? 0) + units;
    },
    totals: () => ({ ...totals }),
  };
}

/** Some operations are billed by size, in steps. */
export function steps(bytes: number, step: number): number {
  return Math.max(1, Math.ceil(bytes / step));
}
