import type { ReportDataType, Requests, VariableCharacteristicsType } from '../../../schemas/generated/ocpp2.1/types.js';
import { credible } from '../../credible.js';
import type { Characteristics } from '../../device-model/ports.js';
import { recordVariables } from '../../device-model/record.js';
import { receivePart } from '../../jobs/receive-part.js';
import { dateTime } from '../../ocpp/date-time.js';
import type { HandlerContext } from '../../ocpp/handler.js';
import { pick } from '../../pick.js';
import { componentKey, variableKey } from '../component.js';

/** B07, B08: a part of what the station says of its variables. */
export async function notifyReport(
  { requestId, seqNo, tbc = false, generatedAt, reportData = [] }: Requests['NotifyReport'],
  context: HandlerContext,
): Promise<object> {
  const at = dateTime(generatedAt);
  const told = {
    at: credible(at, context.receivedAt).toISOString(),
    receivedAt: context.receivedAt.toISOString(),
  };
  await recordVariables(
    reportData.map((data) => ({ ...variableOf(data), told })),
    context,
  );
  await receivePart({ kind: 'report', requestId, seqNo, hasMore: tbc, generatedAt: at }, context);
  return {};
}

function variableOf({ component, variable, variableAttribute, variableCharacteristics }: ReportDataType) {
  return {
    component: componentKey(component),
    variable: variableKey(variable),
    attributes: variableAttribute.map((attribute) => ({
      type: attribute.type ?? 'Actual',
      ...pick(attribute, 'value'),
      traits: pick(attribute, 'mutability', 'persistent', 'constant'),
    })),
    ...(variableCharacteristics && { characteristics: characteristicsOf(variableCharacteristics) }),
  };
}

function characteristicsOf({ customData: _, ...characteristics }: VariableCharacteristicsType): Characteristics {
  return characteristics;
}
