import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { ChargePointRecord, ChargePointRecords, ChargePointSettings } from '../csms/charge-points/records.js';
import { dynamodb } from './dynamodb.js';
import { itemsOf, queryPage } from './page.js';
import { changeSettings } from './settings.js';

/** The value of `listedIn`, of the index `list`: a key can't be empty, and the empty namespace is one. */
export const listOf = (namespace: string) => `/${namespace}`;
const siteOf = (namespace: string, site: string) => `${listOf(namespace)}/${site}`;

type Item = Omit<ChargePointRecord, 'hasPassword'> & {
  password?: object;
  listedIn?: string;
  siteOf?: string;
  writer?: string;
};

/** The operator's side of the items of ChargePointsTable. */
export function dynamoChargePointRecords(TableName: string): ChargePointRecords {
  async function read(chargePointId: string): Promise<ChargePointRecord | undefined> {
    const { Item } = await dynamodb.send(new GetCommand({ TableName, Key: { chargePointId }, ConsistentRead: true }));
    return Item && recordOf(Item as Item);
  }

  async function write(chargePointId: string, values: Record<string, unknown>, expected?: number) {
    return recordOf((await changeSettings(TableName, { chargePointId }, values, expected)) as unknown as Item);
  }

  return {
    read,

    async list({ namespace, site }, page) {
      const found = await queryPage(
        {
          TableName,
          IndexName: site === undefined ? 'list' : 'site',
          KeyConditionExpression: '#key = :key',
          ExpressionAttributeNames: { '#key': site === undefined ? 'listedIn' : 'siteOf' },
          ExpressionAttributeValues: { ':key': site === undefined ? listOf(namespace) : siteOf(namespace, site) },
        },
        page,
      );
      const keys = found.items.map(({ chargePointId }) => ({ chargePointId }));
      const items = (await itemsOf(TableName, keys)) as unknown as Item[];
      return { ...found, items: items.filter(({ registered }) => registered).map(recordOf) };
    },

    async change(chargePointId, settings: ChargePointSettings, expected) {
      const values: Record<string, unknown> = Object.fromEntries(
        Object.entries(settings).filter(([, value]) => value !== undefined),
      );
      if (settings.site) {
        const namespace = (await read(chargePointId))?.namespace ?? '';
        values.siteOf = siteOf(namespace, settings.site);
      } else if (settings.site === null) {
        values.siteOf = null;
      }
      return write(chargePointId, values, expected);
    },

    setPassword: (chargePointId, password, expected) => write(chargePointId, { password }, expected),
  };
}

function recordOf({ password, listedIn: _, siteOf: __, writer: ___, ...item }: Item): ChargePointRecord {
  const known = Object.entries(item).filter(([name, value]) => value !== null && name !== 'registryAt');
  return {
    ...{ registered: false, namespace: '', revision: 0 },
    ...(Object.fromEntries(known) as unknown as Item),
    hasPassword: password !== undefined,
  };
}
