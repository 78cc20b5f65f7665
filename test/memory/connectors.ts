import { type ConnectorState, type Connectors, longAfter } from '../../csms/connectors/ports.js';
import type { Turn } from './turn.js';

export class MemoryConnectors implements Connectors {
  /** By `{chargePointId}/{evseId}/{connectorId}`. */
  readonly states = new Map<string, ConnectorState>();
  readonly #turn: Turn;

  constructor(turn: Turn) {
    this.#turn = turn;
  }

  async report(state: ConnectorState): Promise<boolean> {
    await this.#turn();
    const key = `${state.chargePointId}/${state.evseId}/${state.connectorId}`;
    const known = this.states.get(key);
    if (known && isNewer(known, state)) return false;
    this.states.set(key, state);
    return true;
  }
}

function isNewer(a: ConnectorState, b: ConnectorState): boolean {
  const later = a.receivedAt.getTime() - b.receivedAt.getTime();
  if (Math.abs(later) > longAfter) return later > 0;
  return a.at > b.at || (a.at.getTime() === b.at.getTime() && a.receivedAt > b.receivedAt);
}
