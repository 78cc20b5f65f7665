import type { ConnectionRecord, Connections } from '../csms/connections/ports.js';
import type { ConnectionRecords } from '../csms/connections/records.js';
import { itemsOf } from './page.js';
import { changeItem, readItem } from './versioned-item.js';

const none: ConnectionRecord = { opening: [], replaced: [], replacedAt: [] };

/** One item per charge point: `record`, and `version`. */
export function dynamoConnections(TableName: string): Connections {
  return {
    async read(chargePointId) {
      return ((await readItem(TableName, { chargePointId }))?.record as ConnectionRecord | undefined) ?? none;
    },

    async change(chargePointId, transition) {
      let [before, after] = [none, none];
      await changeItem(TableName, { chargePointId }, (item) => {
        before = (item?.record as ConnectionRecord | undefined) ?? none;
        const record = transition(before);
        after = record ?? before;
        return record && { record };
      });
      return { before, after };
    },
  };
}

/** The operator's side of the same items. */
export function dynamoConnectionRecords(TableName: string): ConnectionRecords {
  return {
    async ofAll(chargePointIds) {
      const items = await itemsOf(
        TableName,
        chargePointIds.map((chargePointId) => ({ chargePointId })),
      );
      return new Map(
        items.map(({ chargePointId, record }) => [chargePointId as string, (record ?? none) as ConnectionRecord]),
      );
    },
  };
}
