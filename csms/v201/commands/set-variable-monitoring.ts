import type { SetMonitoringDataType, SetMonitoringResultType } from '../../../schemas/generated/ocpp2.1/types.js';
import { asOf } from '../../inventory/asked.js';
import type { Effect } from '../../ocpp/effect.js';
import { pick } from '../../pick.js';
import { componentKey, pathOf, variableKey } from '../component.js';

/**
 * N04: variables are monitored. The station gives a new monitor its id, in a result that names what it is of: N04.FR.01,
 * N04.FR.02, N04.FR.10. Results that name the same, or nothing that was asked, are in the order of what was asked.
 */
export const setVariableMonitoring: Effect<'ocpp2.1', 'SetVariableMonitoring'> = async (answered, context) => {
  const { request, response, at } = answered;
  const open = new Set(request.setMonitoringData);
  for (const [n, result] of response.setMonitoringResult.entries()) {
    const named = [...open].find((data) => isOf(data, result));
    if (named) open.delete(named);
    const asked = named ?? request.setMonitoringData[n];
    if (result.status !== 'Accepted' || result.id === undefined || !asked) continue;
    await asOf(at, context).put('monitor', result.id, {
      ...pick(asked, 'type', 'value', 'severity', 'transaction'),
      component: componentKey(asked.component),
      variable: variableKey(asked.variable),
    });
  }
};

function isOf(data: SetMonitoringDataType, result: SetMonitoringResultType): boolean {
  const hasId = data.id === undefined || data.id === result.id;
  return hasId && data.type === result.type && data.severity === result.severity && pathOf(data) === pathOf(result);
}
