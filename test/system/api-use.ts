import { connectAsync } from 'mqtt';
import { expect } from 'vitest';
import type { System } from '../../local/system.js';
import { askApi, putToken } from './api-client.js';
import { within } from './system.js';

/** Asks the API once for each thing that its function needs a permission for. */
export async function useApi(system: System): Promise<void> {
  const token = await putToken(system, 'admin');
  const chargePointId = `used-${process.pid}`;
  const ask = async (asked: string, body?: unknown, headers: Record<string, string> = {}) => {
    const answer = await askApi(system, asked, { token, headers, ...(body !== undefined && { body }) });
    expect(answer.status, answer.text).toBeLessThan(300);
    return answer.body;
  };
  await ask('POST /charge-points', { chargePointId, site: 'Used' });
  await ask('GET /charge-points');
  await ask('GET /charge-points?site=Used');
  const key = { 'idempotency-key': 'used' };
  const { commandId } = await ask(`POST /charge-points/${chargePointId}/commands/ClearCache`, {}, key);
  const again = await ask(`POST /charge-points/${chargePointId}/commands/ClearCache`, {}, key);
  expect(again.commandId).toBe(commandId);
  const refused = await askApi(system, `DELETE /charge-points/${chargePointId}/commands/none`, { token, headers: key });
  expect(refused.status).toBe(422);
  const failing = { 'idempotency-key': 'fails' };
  await askApi(system, `DELETE /charge-points/${chargePointId}/commands/none`, { token, headers: failing });
  await ask(`GET /charge-points/${chargePointId}/commands`);
  await ask(`GET /charge-points/${chargePointId}/commands?status=queued`);
  await ask(`DELETE /charge-points/${chargePointId}/commands/${commandId}`);
  await ask(`GET /charge-points/${chargePointId}/connectors`);
  await ask(`GET /charge-points/${chargePointId}/history?kind=frame`);
  await ask(`GET /charge-points/${chargePointId}/transactions`);
  const transaction = await putTransaction(system, chargePointId);
  await ask(`GET /charge-points/${chargePointId}/transactions/${transaction}/meter-values`);
  await ask('GET /transactions');
  await ask('GET /transactions?status=open');
  await ask('PUT /id-tokens/USED', { groupId: 'USED' });
  await ask('GET /id-tokens');
  await ask('GET /id-tokens?groupId=USED');
  await ask('GET /id-tokens/USED');
  await ask('DELETE /id-tokens/USED');
  const made = await ask('POST /api-tokens', { name: 'used', role: 'viewer' });
  await ask('GET /api-tokens');
  await ask(`DELETE /api-tokens/${made.tokenId}`);
  await ask('GET /audit');
  await ask(`GET /audit?about=charge-points/${chargePointId}`);
  await listen(system, chargePointId, await ask(`GET /live?chargePointId=${chargePointId}`));
  await ask(`DELETE /charge-points/${chargePointId}`);
}

interface LiveUrl {
  url: string;
  clientId: string;
  topics: string[];
}

/** Hears a message of each kind. */
async function listen({ account }: System, chargePointId: string, { url, clientId, topics }: LiveUrl): Promise<void> {
  const client = await connectAsync(url, { clientId, protocolVersion: 4, reconnectPeriod: 0 });
  const awaited = new Set(['in', 'out', 'events/used'].map((end) => `${chargePointId}/${end}`));
  const heard = new Promise<void>((resolve) => {
    client.on('message', (topic) => awaited.delete(topic) && awaited.size === 0 && resolve());
  });
  await client.subscribeAsync(topics, { qos: 1 });
  for (const topic of [...awaited]) {
    await account.iot.broker.publish({ topic, payload: Buffer.from('[3,"used",{}]'), qos: 1, userProperties: [] });
  }
  await within('a message of each kind', heard);
  await client.endAsync();
}

/** One that is open, as its charge point would have told it. */
async function putTransaction({ account, stack }: System, chargePointId: string): Promise<string> {
  const table = stack.resources
    .ofType('AWS::DynamoDB::Table')
    .find(({ logicalId }) => logicalId === 'TransactionsTable');
  const firstAt = new Date(account.clock.now()).toISOString();
  const texts = { chargePointId, transactionId: 'used', dueFor: 'forget', dueAt: firstAt, began: firstAt };
  const item = Object.fromEntries(
    Object.entries({ ...texts, month: firstAt.slice(0, 7) }).map(([name, S]) => [name, { S }]),
  );
  const transaction = { M: { protocol: { S: 'ocpp2.0.1' }, firstAt: { S: firstAt }, heardAt: { S: firstAt } } };
  await account.dynamodb.put(table?.ref ?? '', { ...item, transaction });
  return texts.transactionId;
}
