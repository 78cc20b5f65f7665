import type { ConnectionRecord, Connections } from '../csms/connections/ports.js';
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
