import { asOf } from '../../inventory/asked.js';
import type { Effect } from '../../ocpp/effect.js';

/** R05: a control is no more, or all of a kind, or all defaults or all others. */
export const clearDERControl: Effect<'ocpp2.1', 'ClearDERControl'> = async ({ request, response, at }, context) => {
  if (response.status !== 'Accepted' && response.status !== 'NotFound') return;
  const { controlId, controlType, isDefault } = request;
  const known = await context.inventory.list(context.chargePointId, 'der-control');
  for (const { key, detail } of known) {
    const is = detail as { controlType?: string; isDefault?: boolean };
    const isMeant =
      controlId !== undefined
        ? key === controlId
        : (is.isDefault ?? false) === isDefault && (controlType === undefined || is.controlType === controlType);
    if (isMeant) await asOf(at, context).remove('der-control', key);
  }
};
