import { disconnected } from '../../csms/connections/close.js';
import { opening } from '../../csms/connections/open.js';
import type { Protocol } from '../../csms/ocpp/protocol.js';
import type { Memory } from './index.js';

/** A charge point's end of its sockets, as far as the domain can tell. */
export function chargePoint(memory: Memory, chargePointId = 'CP1', protocol: Protocol = 'ocpp2.0.1') {
  const { clock, sockets } = memory;
  const self = {
    /** A handshake, answered but not complete. */
    dial: (connectionId: string) =>
      opening({ chargePointId, connectionId, protocol, since: clock.now().toISOString() }, memory),

    /** A handshake that completes. */
    async connect(connectionId: string): Promise<void> {
      await self.dial(connectionId);
      sockets.connect(connectionId);
    },

    /** `$disconnect` alone: it may be told late, twice or never. */
    tell: (connectionId: string, code = 1006) =>
      disconnected({ chargePointId, connectionId, at: clock.now(), code, reason: `closed with ${code}` }, memory),

    /** The client closes a connection, and the gateway tells. */
    async close(connectionId: string, code = 1000): Promise<void> {
      sockets.drop(connectionId);
      await self.tell(connectionId, code);
    },
  };
  return self;
}
