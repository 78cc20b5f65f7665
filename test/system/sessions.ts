import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { RPCClient } from 'ocpp-rpc';
import { afterEach } from 'vitest';
import type { Readings } from '../../csms/meter-values/ports.js';
import type { Protocol } from '../../csms/ocpp/protocol.js';
import type { Transaction } from '../../csms/transactions/ports.js';
import { clientsOf, itemsOf, tableName } from './cloud.js';
import { newThing } from './deliveries.js';
import { connectStrictClient } from './ocpp-rpc.js';
import type { testSystem } from './system.js';
import { telling } from './telling.js';

/** What is on record of sessions, and of the tokens for them. */
export function recordsOf(csms: ReturnType<typeof testSystem>) {
  const dynamodb = () => clientsOf(csms.system.account).dynamodb;
  const table = (logicalId: string) => tableName(csms.system.stack, logicalId);
  return {
    /** Puts a token into the table, as an operator does. @returns its text, which no other has */
    async token(item: Record<string, unknown> = {}): Promise<string> {
      const idToken = `TOKEN-${newThing()}`;
      await dynamodb().send(new PutCommand({ TableName: table('IdTokensTable'), Item: { ...item, idToken } }));
      return idToken;
    },

    /** What is on record of a transaction. */
    async transaction(chargePointId: string, id: unknown): Promise<Transaction | undefined> {
      const Key = { chargePointId, transactionId: String(id) };
      const { Item } = await dynamodb().send(new GetCommand({ TableName: table('TransactionsTable'), Key }));
      return Item?.transaction;
    },

    /** The ids of all that a charge point has on record. */
    async transactionIds(chargePointId: string): Promise<string[]> {
      const items = await itemsOf(csms.system, 'TransactionsTable', chargePointId);
      return items.map(({ transactionId }) => transactionId);
    },

    /** The meter values of a transaction, by their time. */
    async readings(chargePointId: string, id: unknown): Promise<Readings[]> {
      const { Items = [] } = await dynamodb().send(
        new QueryCommand({
          TableName: table('MeterValuesTable'),
          KeyConditionExpression: 'series = :series',
          ExpressionAttributeValues: { ':series': `${chargePointId}#transaction#${id}` },
        }),
      );
      return Items as Readings[];
    },
  };
}

/** What tests of whole sessions need beside that: charge points, and the time. */
export function sessionsOf(csms: ReturnType<typeof testSystem>, protocol: Protocol) {
  const clients: RPCClient[] = [];
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.close({ force: true })));
  });
  async function connect(identity: string): Promise<RPCClient> {
    const client = await connectStrictClient(csms.url, identity, protocol);
    clients.push(client);
    return client;
  }
  return {
    ...recordsOf(csms),
    at: csms.at,

    /** A strict client of others', on a socket of its own. */
    connect,

    /** One that has booted, and may be asked for things. */
    async booted(): Promise<{ identity: string; client: RPCClient }> {
      const identity = await csms.thing();
      const isCurrent = csms.event(identity, 'connected');
      const client = await connect(identity);
      await telling[protocol](client).boot();
      await csms.advance(1_000);
      await isCurrent;
      return { identity, client };
    },
  };
}

/** A network that is gone, or a charge point without power: nobody says goodbye. */
export function vanish(client: RPCClient): Promise<unknown> {
  return client.close({ force: true, awaitPending: false });
}
