import { componentPath, variablePath } from '../csms/device-model/path.js';
import type { Component, Components } from '../csms/device-model/ports.js';
import type { ComponentRecords } from '../csms/device-model/records.js';
import { queryPage } from './page.js';
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

/** The operator's side of the same items. */
export function dynamoComponentRecords(TableName: string): ComponentRecords {
  return {
    async list(chargePointId, { name }, page) {
      // The path of a component begins with its name, as that of a variable.
      const path = name && variablePath({ name });
      const found = await queryPage(
        {
          TableName,
          KeyConditionExpression: `chargePointId = :chargePointId${path ? ' AND begins_with(component, :path)' : ''}`,
          ExpressionAttributeValues: { ':chargePointId': chargePointId, ...(path && { ':path': path }) },
        },
        page,
      );
      return { ...found, items: found.items.map(({ record }) => record as Component) };
    },
  };
}
