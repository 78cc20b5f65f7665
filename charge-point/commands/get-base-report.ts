import { everySetting } from '../settings/settings.js';
import type { Run } from '../steps/step.js';
import { tellAtOnce } from '../steps/tell.js';
import { andThen, type Take } from './take.js';

/** How many variables fit into a part. */
const partSize = 4;

/** B07: all variables, or those that can be set, told in parts; it has no summary. */
export const getBaseReport: Take<{ requestId: number; reportBase: string }> = ({ requestId, reportBase }, run) => {
  if (reportBase === 'SummaryInventory') return { status: 'NotSupported' };
  const variables = everySetting
    .filter(([, setting]) => setting.variable && (reportBase === 'FullInventory' || !setting.isReadOnly))
    .map(([name, setting]) => ({
      component: { name: setting.variable?.[0] },
      variable: { name: setting.variable?.[1] },
      variableAttribute: [
        { type: 'Actual', value: run.settings.get(name), mutability: setting.isReadOnly ? 'ReadOnly' : 'ReadWrite' },
      ],
      variableCharacteristics: { unit: setting.unit, dataType: setting.type, supportsMonitoring: false },
    }));
  return andThen({ status: 'Accepted' }, run, () => report(requestId, variables, run));
};

async function report(requestId: number, variables: object[], run: Run): Promise<void> {
  const generatedAt = new Date(run.chargePoint.clock.now()).toISOString();
  for (let from = 0; from < variables.length; from += partSize) {
    await tellAtOnce(run, 'NotifyReport', {
      ...{ requestId, generatedAt, seqNo: from / partSize },
      tbc: from + partSize < variables.length,
      reportData: variables.slice(from, from + partSize),
    });
  }
}
