/** The WebSocket subprotocols a charge point can be asked to speak. */
export const protocols = ['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'] as const;

export type Protocol = (typeof protocols)[number];

/** The subprotocol of that name, with or without its `ocpp`: `2.0.1` is `ocpp2.0.1`. Undefined for any other name. */
export function protocolNamed(name: string): Protocol | undefined {
  return protocols.find((protocol) => protocol === name || protocol === `ocpp${name}`);
}
