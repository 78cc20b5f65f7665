import { credible } from '../credible.js';
import type { HandlerContext } from '../ocpp/handler.js';
import type { ConnectorState } from './ports.js';

/** G01: reports may arrive twice or late, so the newest timestamp wins. */
export async function reportStatus(
  state: Omit<ConnectorState, 'chargePointId' | 'receivedAt'>,
  { chargePointId, receivedAt, connectors, events }: HandlerContext,
): Promise<void> {
  const { at, ...detail } = { ...state, at: credible(state.at, receivedAt) };
  const isNewest = await connectors.report({ ...detail, at, chargePointId, receivedAt });
  if (!isNewest) return;
  const since = at.toISOString();
  const id = `${state.evseId}-${state.connectorId}-${state.status}-${since}`;
  await events.emit(chargePointId, 'connector-status', id, { ...detail, since });
}
