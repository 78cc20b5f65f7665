import { asOf } from '../../inventory/asked.js';
import type { Effect } from '../../ocpp/effect.js';

/** R04: the station behaves towards the grid as it is told. Controls that this one supersedes are kept, but not in effect. */
export const setDERControl: Effect<'ocpp2.1', 'SetDERControl'> = async ({ request, response, at }, context) => {
  if (response.status !== 'Accepted') return;
  const { controlId, controlType, isDefault, curve, enterService, fixedPFAbsorb, fixedPFInject } = request;
  const { fixedVar, freqDroop, gradient, limitMaxDischarge } = request;
  const { put } = asOf(at, context);
  const settings =
    curve ?? enterService ?? fixedPFAbsorb ?? fixedPFInject ?? fixedVar ?? freqDroop ?? gradient ?? limitMaxDischarge;
  await put('der-control', controlId, { controlType, isDefault, ...(settings && { settings }) });
  for (const id of response.supersededIds ?? []) {
    const superseded = await context.inventory.find(context.chargePointId, 'der-control', id);
    if (superseded) await put('der-control', id, { ...superseded.detail, isSuperseded: true });
  }
};
