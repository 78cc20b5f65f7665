import type { ReportDataType, VariableCharacteristicsType } from '../../../schemas/generated/ocpp2.1/types.js';
import { credible } from '../../credible.js';
import type { Characteristics } from '../../device-model/ports.js';
import { recordVariables } from '../../device-model/record.js';
import { receivePart } from '../../jobs/receive-part.js';
import { dateTime } from '../../ocpp/date-time.js';
import type { Handler } from '../../ocpp/handler.js';
import { pick } from '../../pick.js';
import { componentKey, variableKey } from '../component.js';

/** B07, B08: a part of what the station says of its variables. */
export const notifyReport: Handler<'ocpp2.1', 'NotifyReport'> = async (
  { requestId, seqNo, tbc = false, generatedAt, reportData = [] },
  context,
) => {
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
};

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

function characteristicsOf(told: VariableCharacteristicsType): Characteristics {
  const { minLimit, maxLimit } = told;
  return {
    ...pick(told, 'dataType', 'supportsMonitoring', 'unit', 'maxElements', 'valuesList'),
    ...(isLimit(minLimit) && { minLimit }),
    ...(isLimit(maxLimit) && { maxLimit }),
  };
}

/** Some say the largest number they know where they mean none; what no double holds exactly is no limit. */
function isLimit(limit: number | undefined): limit is number {
  return limit !== undefined && Math.abs(limit) <= Number.MAX_SAFE_INTEGER;
}
