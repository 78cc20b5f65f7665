import type { ReportDERControlRequest } from '../../../schemas/generated/ocpp2.1/types.js';
import { putAll } from '../../inventory/put-all.js';
import { receiveUnnumberedPart } from '../../jobs/receive-part.js';
import type { Handler } from '../../ocpp/handler.js';
import { pick } from '../../pick.js';

/** R04.FR.30: a part of the DER controls that the station has; each is kept, as last known. */
export const reportDERControl: Handler<'ocpp2.1', 'ReportDERControl'> = async (request, context) => {
  const { requestId, tbc = false } = request;
  await putAll('der-control', controlsOf(request), context);
  await receiveUnnumberedPart({ kind: 'der-controls', requestId, hasMore: tbc }, context);
  return {};
};

/** Each with its type as SetDERControl names it, and its settings, whose member is named differently in each type. */
function controlsOf(request: ReportDERControlRequest) {
  const { curve, enterService, fixedPFAbsorb, fixedPFInject, fixedVar, freqDroop, gradient, limitMaxDischarge } =
    request;
  return [
    ...(curve ?? []).map((told) => item(told.curveType, told, told.curve)),
    ...(enterService ?? []).map((told) => item('EnterService', told, told.enterService)),
    ...(fixedPFAbsorb ?? []).map((told) => item('FixedPFAbsorb', told, told.fixedPF)),
    ...(fixedPFInject ?? []).map((told) => item('FixedPFInject', told, told.fixedPF)),
    ...(fixedVar ?? []).map((told) => item('FixedVar', told, told.fixedVar)),
    ...(freqDroop ?? []).map((told) => item('FreqDroop', told, told.freqDroop)),
    ...(gradient ?? []).map((told) => item('Gradients', told, told.gradient)),
    ...(limitMaxDischarge ?? []).map((told) => item('LimitMaxDischarge', told, told.limitMaxDischarge)),
  ];
}

function item(
  controlType: string,
  told: { id: string; isDefault?: boolean; isSuperseded?: boolean },
  settings: object,
) {
  return { key: told.id, detail: { controlType, ...pick(told, 'isDefault', 'isSuperseded'), settings } };
}
