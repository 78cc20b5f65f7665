import { beforeAll, describe, expect, it } from 'vitest';
import type { Operation } from '../../local/meter.js';
import { askApi, putToken } from './api-client.js';
import { testSystem } from './system.js';

const csms = testSystem({ isScheduled: false });
let token: string;
let identity: string;
beforeAll(async () => {
  token = await putToken(csms.system, 'admin');
  identity = `cost-${process.pid}`;
  await ask('POST /charge-points', { chargePointId: identity });
});

async function ask(asked: string, body?: object, headers: Record<string, string> = {}): Promise<void> {
  const { status, text } = await askApi(csms.system, asked, { token, headers, ...(body && { body }) });
  expect(status, text).toBeLessThan(300);
}

/** What is billed for a request until nothing more happens. */
async function billed(...request: Parameters<typeof ask>): Promise<Partial<Record<Operation, number>>> {
  const { clock, meter } = csms.system.account;
  await clock.idle();
  const before = meter.totals();
  await ask(...request);
  await clock.idle();
  const after = Object.entries(meter.totals()) as [Operation, number][];
  const differences = after.map(([operation, units]) => [operation, units - (before[operation] ?? 0)] as const);
  return Object.fromEntries(differences.filter(([, units]) => units !== 0).sort());
}

/** Each of these is money: a difference is a decision. */
describe('what AWS bills for a request of the API', () => {
  it('that reads a charge point', async () => {
    expect(await billed(`GET /charge-points/${identity}`)).toMatchInlineSnapshot(`
      {
        "CloudFront function runs": 1,
        "CloudFront requests": 1,
        "DynamoDB read units": 4,
        "HTTP API requests": 1,
        "Lambda requests": 1,
      }
    `);
  });

  it('that lists a page of charge points', async () => {
    expect(await billed('GET /charge-points')).toMatchInlineSnapshot(`
      {
        "CloudFront function runs": 1,
        "CloudFront requests": 1,
        "DynamoDB read units": 2.5,
        "HTTP API requests": 1,
        "Lambda requests": 1,
      }
    `);
  });

  it('that changes a charge point', async () => {
    expect(await billed(`PATCH /charge-points/${identity}`, { displayName: 'Gate 1' })).toMatchInlineSnapshot(`
      {
        "CloudFront function runs": 1,
        "CloudFront requests": 1,
        "DynamoDB read units": 2,
        "DynamoDB write units": 5,
        "HTTP API requests": 1,
        "Lambda requests": 1,
      }
    `);
  });

  it('that changes it, with an idempotency key', async () => {
    const headers = { 'idempotency-key': 'cost' };
    expect(await billed(`PATCH /charge-points/${identity}`, { displayName: 'Gate 2' }, headers)).toMatchInlineSnapshot(`
      {
        "CloudFront function runs": 1,
        "CloudFront requests": 1,
        "DynamoDB read units": 2,
        "DynamoDB write units": 7,
        "HTTP API requests": 1,
        "Lambda requests": 1,
      }
    `);
  });

  it('that queues a command for a charge point that is away', async () => {
    expect(await billed(`POST /charge-points/${identity}/commands/ClearCache`, {})).toMatchInlineSnapshot(`
      {
        "CloudFront function runs": 1,
        "CloudFront requests": 1,
        "DynamoDB read units": 8,
        "DynamoDB write units": 8,
        "HTTP API requests": 1,
        "IoT messages": 1,
        "IoT rule actions": 1,
        "IoT rules triggered": 1,
        "Lambda requests": 2,
      }
    `);
  });

  it('that puts an id token', async () => {
    expect(await billed('PUT /id-tokens/COST', { groupId: 'COSTS' })).toMatchInlineSnapshot(`
      {
        "CloudFront function runs": 1,
        "CloudFront requests": 1,
        "DynamoDB read units": 1,
        "DynamoDB write units": 7,
        "HTTP API requests": 1,
        "Lambda requests": 1,
      }
    `);
  });
});
