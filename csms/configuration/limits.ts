import type { Components } from '../device-model/ports.js';

/** How much a charging station takes in one SetVariables. */
export interface Limits {
  items: number;
  bytes: number;
}

const component = { name: 'DeviceDataCtrlr' };
const instance = 'SetVariables';

/** B05.FR.11: as it told in ItemsPerMessage and BytesPerMessage. One that told nothing takes one at a time. */
export async function limitsOf(chargePointId: string, { components }: { components: Components }): Promise<Limits> {
  const told = await components.find(chargePointId, component);
  const limit = (name: string) => {
    const variable = told?.variables.find(
      (one) => one.name.toLowerCase() === name && one.instance?.toLowerCase() === instance.toLowerCase(),
    );
    const is = Number(variable?.attributes.find(({ type }) => type === 'Actual')?.value?.is);
    return is >= 1 ? is : undefined;
  };
  return { items: limit('itemspermessage') ?? 1, bytes: limit('bytespermessage') ?? Number.POSITIVE_INFINITY };
}
