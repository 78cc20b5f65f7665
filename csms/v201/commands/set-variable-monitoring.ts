import { asOf } from '../../inventory/asked.js';
import type { Effect } from '../../ocpp/effect.js';
import { pick } from '../../pick.js';
import { componentKey, variableKey } from '../component.js';

/** N04: variables are monitored. The station gives a new monitor its id, and answers in the order of what was asked. */
export const setVariableMonitoring: Effect<'ocpp2.1', 'SetVariableMonitoring'> = async (answered, context) => {
  const { request, response, at } = answered;
  for (const [n, { status, id }] of response.setMonitoringResult.entries()) {
    const asked = request.setMonitoringData[n];
    if (status !== 'Accepted' || id === undefined || !asked) continue;
    await asOf(at, context).put('monitor', id, {
      ...pick(asked, 'type', 'value', 'severity', 'transaction'),
      component: componentKey(asked.component),
      variable: variableKey(asked.variable),
    });
  }
};
