import { closeAll } from '../connections/close.js';
import type { Connections, Sockets } from '../connections/ports.js';
import type { ChargePoints, ThingState } from './ports.js';

/** A thing was created, changed or deleted. A deleted one's sockets are closed, and so are those of one moved to another namespace. */
export async function thingChanged(
  thing: ThingState,
  ports: { chargePoints: ChargePoints; connections: Connections; sockets: Sockets; stage: { namespace: string } },
): Promise<void> {
  const isNewest = await ports.chargePoints.mirror(thing);
  const isOurs = thing.registered && thing.namespace === ports.stage.namespace;
  if (isNewest && !isOurs) await closeAll(thing.chargePointId, ports);
}
