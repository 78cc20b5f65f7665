import { componentPath } from '../csms/device-model/path.js';
import type { Component, Components } from '../csms/device-model/ports.js';
import { changeItem, readItem } from './versioned-item.js';

/** One item per component, below its charge point; the range key is its path. */
export function dynamoComponents(TableName: string): Components {
  return {
    async find(chargePointId, key) {
      const item = await readItem(TableName, { chargePointId, component: componentPath(key) });
      return item?.record as Component | undefined;
    },

    async change(chargePointId, key, transition) {
      await changeItem(TableName, { chargePointId, component: componentPath(key) }, (item) => {
        const record = transition(item?.record as Component | undefined);
        return record && { record };
      });
    },
  };
}
