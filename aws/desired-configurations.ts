import { GetThingShadowCommand, ResourceNotFoundException } from '@aws-sdk/client-iot-data-plane';
import type { Asked, DesiredConfigurations } from '../csms/configuration/ports.js';
import { iotData } from './iot-data.js';
import { changeItem } from './versioned-item.js';

/** Desired is what the things' classic shadows say; what was asked for is an item of each charge point. */
export function iotDesiredConfigurations(TableName: string): DesiredConfigurations {
  return {
    async difference(chargePointId) {
      const shadow = await shadowOf(chargePointId);
      const configuration = shadow?.state?.delta?.configuration;
      if (!shadow || configuration === undefined) return undefined;
      return { chargePointId, version: shadow.version, at: new Date(shadow.timestamp * 1_000), configuration };
    },

    async change(chargePointId, transition) {
      let asked: Asked | undefined;
      await changeItem(TableName, { chargePointId, item: 'asked-configuration' }, (item) => {
        const before = item?.record as Asked | undefined;
        const after = transition(before);
        asked = after ?? before;
        return after && { record: after };
      });
      return asked;
    },
  };
}

interface Shadow {
  version: number;
  /** Seconds since 1970. */
  timestamp: number;
  state?: { delta?: { configuration?: unknown } };
}

async function shadowOf(thingName: string): Promise<Shadow | undefined> {
  try {
    const { payload } = await iotData.send(new GetThingShadowCommand({ thingName }));
    return JSON.parse(Buffer.from(payload ?? []).toString());
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}
