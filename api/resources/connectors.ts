import * as z from 'zod/mini';
import { readChargePoint } from '../known.js';
import { operation } from '../operation.js';
import { nothing, ofChargePoint } from '../params.js';

const listConnectors = operation({
  id: 'listConnectors',
  method: 'GET',
  path: '/charge-points/{chargePointId}/connectors',
  summary: "A charge point's connectors, as it last reported them",
  role: 'viewer',
  params: ofChargePoint,
  query: nothing,
  answers: {
    200: {
      description: 'All of them',
      schema: z.object({
        items: z.array(
          z.looseObject({ evseId: z.number(), connectorId: z.number(), status: z.string(), at: z.string() }),
        ),
      }),
    },
  },
  example: { params: { chargePointId: 'CP1' }, status: 200 },
  async handle({ params }, ports) {
    await readChargePoint(params.chargePointId, ports);
    const items = await ports.connectorRecords.list(params.chargePointId);
    return { status: 200, body: { items: items.map(({ chargePointId: _, ...state }) => state) } };
  },
});

export const connectorOperations = [listConnectors];
