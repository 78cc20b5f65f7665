import { GetThingShadowCommand, ResourceNotFoundException } from '@aws-sdk/client-iot-data-plane';
import { ChangedMeanwhile } from '../csms/changed-meanwhile.js';
import type { Asked, DesiredConfigurations } from '../csms/configuration/ports.js';
import type { ConfigurationRecords } from '../csms/configuration/records.js';
import { iotData } from './iot-data.js';
import { updateShadow } from './shadows.js';
import { changeItem, readItem } from './versioned-item.js';

const item = 'asked-configuration';

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
      await changeItem(TableName, { chargePointId, item }, (stored) => {
        const before = stored?.record as Asked | undefined;
        const after = transition(before);
        asked = after ?? before;
        return after && { record: after };
      });
      return asked;
    },
  };
}

/** The operator's side of the same. */
export function iotConfigurationRecords(TableName: string): ConfigurationRecords {
  return {
    async read(chargePointId) {
      const [shadow, asked] = await Promise.all([
        shadowOf(chargePointId),
        readItem(TableName, { chargePointId, item }),
      ]);
      const { desired, reported } = shadow?.state ?? {};
      return {
        version: shadow?.version ?? 0,
        ...{ desired: desired?.configuration, reported: reported?.configuration },
        asked: asked?.record as Asked | undefined,
      };
    },

    async desire(chargePointId, configuration, expected) {
      // AWS can't be told that there is to be none yet.
      if (expected === 0 && (await shadowOf(chargePointId))) throw new ChangedMeanwhile();
      await updateShadow(chargePointId, {
        state: { desired: { configuration } },
        ...(expected && { version: expected }),
      });
    },
  };
}

interface Shadow {
  version: number;
  /** Seconds since 1970. */
  timestamp: number;
  state?: { [section in 'desired' | 'reported' | 'delta']?: { configuration?: unknown } };
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
