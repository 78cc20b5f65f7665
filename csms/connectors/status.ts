import type { HandlerContext } from '../ocpp/handler.js';
import type { ConnectorState } from './ports.js';

/** A charge point's clock may run ahead a little; a report from further in the future would hide all that come after it. */
const furthestAhead = 5 * 60_000;

/** G01: reports may arrive twice or late, so the newest timestamp wins. */
export async function reportStatus(
  state: Omit<ConnectorState, 'chargePointId' | 'receivedAt'>,
  { chargePointId, receivedAt, connectors, events }: HandlerContext,
): Promise<void> {
  const isCredible = state.at.getTime() - receivedAt.getTime() <= furthestAhead;
  const { at, ...detail } = { ...state, at: isCredible ? state.at : receivedAt };
  const isNewest = await connectors.report({ ...detail, at, chargePointId, receivedAt });
  if (!isNewest) return;
  const since = at.toISOString();
  const id = `${state.evseId}-${state.connectorId}-${state.status}-${since}`;
  await events.emit(chargePointId, 'connector-status', id, { ...detail, since });
}
