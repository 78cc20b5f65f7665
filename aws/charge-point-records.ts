import { ChangedMeanwhile } from '../csms/changed-meanwhile.js';
import type { ChargePointRecord, ChargePointRecords, ChargePointSettings } from '../csms/charge-points/records.js';
import type { PageRequest } from '../csms/page.js';
import { dynamoLabels } from './labels.js';
import { itemsOf, queryPage } from './page.js';
import { changeSettings } from './settings.js';
import { readItem } from './versioned-item.js';

/** The value of `listedIn`, of the index `list`: a key can't be empty, and the empty namespace is one. */
export const listOf = (namespace: string) => `/${namespace}`;
/** Two who change one charge point at once are rare: more in a row are a fault. */
const attempts = 10;

const siteOf = (namespace: string, site: string) => `${listOf(namespace)}/${site}`;

type Item = Omit<ChargePointRecord, 'hasPassword'> & {
  password?: object;
  nextPassword?: object;
  passwordAt?: string;
  listedIn?: string;
  siteOf?: string;
  writer?: string;
};

/** The operator's side of the items of ChargePointsTable. */
export function dynamoChargePointRecords(TableName: string, labelsTable: string): ChargePointRecords {
  const labels = dynamoLabels(labelsTable);

  async function read(chargePointId: string): Promise<ChargePointRecord | undefined> {
    const item = await readItem(TableName, { chargePointId });
    return item && recordOf(item as unknown as Item);
  }

  async function write(chargePointId: string, values: Record<string, unknown>, expected?: number) {
    return recordOf((await changeSettings(TableName, { chargePointId }, values, expected)) as unknown as Item);
  }

  async function valuesOf(chargePointId: string, settings: ChargePointSettings): Promise<Record<string, unknown>> {
    const values: Record<string, unknown> = Object.fromEntries(
      Object.entries(settings).filter(([, value]) => value !== undefined),
    );
    if (settings.site) {
      const namespace = (await read(chargePointId))?.namespace ?? '';
      values.siteOf = siteOf(namespace, settings.site);
    } else if (settings.site === null) {
      values.siteOf = null;
    }
    return values;
  }

  /** Labels are in a table of their own as well, which goes by the revision: nobody may come between. @throws {ChangedMeanwhile} */
  async function changeLabels(chargePointId: string, settings: ChargePointSettings, expected: number | undefined) {
    for (let attempt = 1; ; attempt++) {
      const { labels: before = [], revision = 0, namespace = '' } = (await read(chargePointId)) ?? {};
      if (expected !== undefined && expected !== revision) throw new ChangedMeanwhile();
      const after = settings.labels ?? [];
      const without = (some: string[], others: string[]) => some.filter((label) => !others.includes(label));
      await labels.add(chargePointId, namespace, without(after, before), revision + 1);
      try {
        const record = await write(chargePointId, await valuesOf(chargePointId, settings), revision);
        await labels.remove(chargePointId, namespace, without(before, after), record.revision);
        return record;
      } catch (error) {
        if (!(error instanceof ChangedMeanwhile) || expected !== undefined || attempt === attempts) throw error;
      }
    }
  }

  function byIndex(namespace: string, site: string | undefined, page: PageRequest) {
    const [IndexName, name, value] =
      site === undefined ? ['list', 'listedIn', listOf(namespace)] : ['site', 'siteOf', siteOf(namespace, site)];
    const query = {
      ...{ TableName, IndexName },
      KeyConditionExpression: '#key = :key',
      ExpressionAttributeNames: { '#key': name },
      ExpressionAttributeValues: { ':key': value },
    };
    return queryPage(query, page);
  }

  return {
    read,

    async list({ namespace, ...where }, page) {
      const found = await ('label' in where
        ? labels.list(namespace, where.label, page)
        : byIndex(namespace, where.site, page));
      const keys = found.items.map(({ chargePointId }) => ({ chargePointId }));
      const items = (await itemsOf(TableName, keys)) as unknown as Item[];
      const isThere = (item: Item) => item.registered && (!('label' in where) || item.labels?.includes(where.label));
      return { ...found, items: items.filter(isThere).map(recordOf) };
    },

    async change(chargePointId, settings: ChargePointSettings, expected) {
      return settings.labels === undefined
        ? write(chargePointId, await valuesOf(chargePointId, settings), expected)
        : changeLabels(chargePointId, settings, expected);
    },

    setPassword: (chargePointId, password, at, expected) =>
      write(chargePointId, { password, nextPassword: undefined, passwordAt: at.toISOString() }, expected),
  };
}

/** What an operator doesn't read. */
const unread = new Set(['listedIn', 'nextPassword', 'password', 'passwordAt', 'registryAt', 'siteOf', 'writer']);

function recordOf(item: Item): ChargePointRecord {
  const known = Object.entries(item).filter(([name, value]) => value !== null && !unread.has(name));
  return {
    ...{ registered: false, namespace: '', revision: 0 },
    ...(Object.fromEntries(known) as unknown as Item),
    hasPassword: (item.password ?? item.nextPassword) !== undefined,
  };
}
