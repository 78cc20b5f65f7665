import type { HandlerContext } from '../ocpp/handler.js';
import type { ConnectorState } from './ports.js';

/** G01: reports may arrive twice or late, so the newest timestamp wins. */
export async function reportStatus(
  state: Omit<ConnectorState, 'chargePointId' | 'receivedAt'>,
  { chargePointId, receivedAt, connectors, events }: HandlerContext,
): Promise<void> {
  const isNewest = await connectors.report({ ...state, chargePointId, receivedAt });
  if (!isNewest) return;
  const { at, ...detail } = state;
  const since = at.toISOString();
  await events.emit(
    chargePointId,
    'connector-status',
    `${state.evseId}-${state.connectorId}-${state.status}-${since}`,
    {
      ...detail,
      since,
    },
  );
}
