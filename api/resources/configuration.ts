import * as z from 'zod/mini';
import { ShadowRefused } from '../../csms/charge-points/ports.js';
import type { ChargePointRecord } from '../../csms/charge-points/records.js';
import { desiredValues } from '../../csms/configuration/desired-values.js';
import { configurationState } from '../../csms/configuration/state.js';
import { pointerOf } from '../checked.js';
import { readChargePoint } from '../known.js';
import { operation, type Reply } from '../operation.js';
import { nothing, ofChargePoint } from '../params.js';
import type { ApiPorts } from '../ports.js';
import { Problem } from '../problem.js';

const shownConfiguration = z.object({
  items: z.array(
    z.object({
      key: z.string(),
      /** As somebody wrote it into the shadow: a text, if all is well. */
      desired: z.optional(z.unknown()),
      reported: z.optional(z.unknown()),
      status: z.enum(['taken', 'asked', 'refused', 'open', 'reported']),
      commandId: z.optional(z.string()),
      reason: z.optional(z.string()),
    }),
  ),
});

/** What is desired, taken and refused, and its ETag the shadow's version. */
async function reply({ chargePointId: id, protocol }: ChargePointRecord, ports: ApiPorts): Promise<Reply> {
  const shadow = await ports.configurationRecords.read(id);
  const items = await configurationState(id, shadow, protocol, ports);
  return { status: 200, body: { items }, revision: shadow.version };
}

const getConfiguration = operation({
  id: 'getConfiguration',
  method: 'GET',
  path: '/charge-points/{chargePointId}/configuration',
  summary: 'How a charge point is to be configured, what it took of that, and what it refused, with the reason',
  role: 'viewer',
  params: ofChargePoint,
  query: nothing,
  answers: { 200: { description: 'All of it', schema: shownConfiguration } },
  example: { params: { chargePointId: 'CP1' }, status: 200 },
  async handle({ params }, ports) {
    return reply(await readChargePoint(params.chargePointId, ports), ports);
  },
});

const changeConfiguration = operation({
  id: 'changeConfiguration',
  method: 'PATCH',
  path: '/charge-points/{chargePointId}/configuration',
  summary:
    'Says how a charge point is to be configured: texts by the keys of 1.6 or of listVariables, which go into its shadow; null takes a key back. It is asked for at once, or when the charge point is there',
  role: 'operator',
  params: ofChargePoint,
  query: nothing,
  body: z.record(z.string().check(z.minLength(1), z.maxLength(500)), z.nullable(z.string().check(z.maxLength(2_500)))),
  isConditional: true,
  answers: { 200: { description: 'As it is now', schema: shownConfiguration } },
  example: {
    params: { chargePointId: 'CP1' },
    body: { 'OCPPCommCtrlr/HeartbeatInterval': '300', 'SampledDataCtrlr/TxUpdatedInterval': null },
    status: 200,
  },
  async handle({ params, body, expected }, ports) {
    const chargePoint = await readChargePoint(params.chargePointId, ports);
    const values = Object.entries(body).filter(([, value]) => value !== null);
    const { refused } = desiredValues(Object.fromEntries(values), chargePoint.protocol);
    const [first] = refused;
    if (first) {
      const errors = refused.map(({ key, reason }) => ({ pointer: pointerOf([key]), detail: reason }));
      throw new Problem('bad-body', `Correct this: ${first.key}: ${first.reason}`, { errors });
    }
    try {
      await ports.configurationRecords.desire(params.chargePointId, body, expected);
    } catch (error) {
      if (!(error instanceof ShadowRefused)) throw error;
      const told = `Desire less: a shadow holds 8 KB, and AWS IoT says: ${error.message.replace(/\.?$/, '.')}`;
      throw new Problem('configuration-too-large', told);
    }
    return reply(chargePoint, ports);
  },
});

export const configurationOperations = [getConfiguration, changeConfiguration];
