import { closeAll } from '../connections/close.js';
import type { Connections, Sockets } from '../connections/ports.js';
import type { Knocks } from '../knocks/ports.js';
import type { ChargePoints, ThingState } from './ports.js';

interface RegistryPorts {
  chargePoints: ChargePoints;
  connections: Connections;
  knocks: Knocks;
  sockets: Sockets;
  stage: { namespace: string };
}

/**
 * A thing was created, changed or deleted. A deleted one's sockets are closed, and so are those of one moved to another
 * namespace; one of ours is no stranger any more, however it was registered.
 */
export async function thingChanged(thing: ThingState, ports: RegistryPorts): Promise<void> {
  const isNewest = await ports.chargePoints.mirror(thing);
  const isOurs = thing.registered && thing.namespace === ports.stage.namespace;
  if (!isNewest) return;
  if (isOurs) await ports.knocks.admitted(thing.chargePointId);
  else await closeAll(thing.chargePointId, ports);
}
