import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { ChargePointRecord, ChargePointRecords, ChargePointSettings } from '../csms/charge-points/records.js';
import { ChangedMeanwhile } from '../csms/page.js';
import { conditionally, dynamodb } from './dynamodb.js';
import { itemsOf, queryPage } from './page.js';

/** The value of `listedIn`, of the index `list`: a key can't be empty, and the empty namespace is one. */
export const listOf = (namespace: string) => `/${namespace}`;
const siteOf = (namespace: string, site: string) => `${listOf(namespace)}/${site}`;

type Item = Omit<ChargePointRecord, 'hasPassword'> & { password?: object; listedIn?: string; siteOf?: string };

/** The operator's side of the items of ChargePointsTable. */
export function dynamoChargePointRecords(TableName: string): ChargePointRecords {
  async function read(chargePointId: string): Promise<ChargePointRecord | undefined> {
    const { Item } = await dynamodb.send(new GetCommand({ TableName, Key: { chargePointId }, ConsistentRead: true }));
    return Item && recordOf(Item as Item);
  }

  /** Sets what has a value and removes what has none. */
  async function write(chargePointId: string, values: Record<string, unknown>, expected?: number) {
    const names = Object.keys(values);
    const [set, removed] = [names.filter((name) => values[name] != null), names.filter((name) => values[name] == null)];
    const sets = ['revision = if_not_exists(revision, :none) + :one', ...set.map((name) => `#${name} = :${name}`)];
    const written = await conditionally(
      dynamodb.send(
        new UpdateCommand({
          TableName,
          Key: { chargePointId },
          UpdateExpression: `SET ${sets.join(', ')}${removed.length > 0 ? ` REMOVE ${removed.map((name) => `#${name}`).join(', ')}` : ''}`,
          ...(names.length > 0 && {
            ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
          }),
          ExpressionAttributeValues: {
            ':none': 0,
            ':one': 1,
            ...Object.fromEntries(set.map((name) => [`:${name}`, values[name]])),
            ...(expected !== undefined && { ':expected': expected }),
          },
          ...(expected !== undefined && { ConditionExpression: conditionFor(expected) }),
          ReturnValues: 'ALL_NEW',
        }),
      ),
    );
    if (!written) throw new ChangedMeanwhile();
    return recordOf(written.Attributes as Item);
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

function conditionFor(expected: number): string {
  return expected === 0 ? '(attribute_not_exists(revision) OR revision = :expected)' : 'revision = :expected';
}

function recordOf({ password, listedIn: _, siteOf: __, ...item }: Item): ChargePointRecord {
  const known = Object.entries(item).filter(([name, value]) => value !== null && name !== 'registryAt');
  return {
    ...{ registered: false, namespace: '', revision: 0 },
    ...(Object.fromEntries(known) as unknown as Item),
    hasPassword: password !== undefined,
  };
}
