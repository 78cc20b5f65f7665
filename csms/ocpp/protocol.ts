import type { Protocol } from '../../schemas/protocol.js';

export { type Protocol, protocols } from '../../schemas/protocol.js';

/** Subprotocols a charge point may offer. OCPP 2.0 was withdrawn in favour of 2.0.1, and its charge points are served as such. */
const versionOf: Record<string, Protocol> = {
  'ocpp1.6': 'ocpp1.6',
  'ocpp2.0': 'ocpp2.0.1',
  'ocpp2.0.1': 'ocpp2.0.1',
  'ocpp2.1': 'ocpp2.1',
};

export interface Negotiated {
  /** What the handshake answers: exactly one of the values offered. */
  subprotocol: string;
  protocol: Protocol;
}

/**
 * Chooses the first subprotocol offered that this system speaks (OCPP-J: the client lists them in order of preference).
 *
 * @param header the value of `Sec-WebSocket-Protocol`, a comma list
 */
export function negotiate(header: string | undefined): Negotiated | undefined {
  for (const subprotocol of (header ?? '').split(',').map((offer) => offer.trim())) {
    const protocol = Object.hasOwn(versionOf, subprotocol) ? versionOf[subprotocol] : undefined;
    if (protocol) return { subprotocol, protocol };
  }
  return undefined;
}
