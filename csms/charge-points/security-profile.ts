import type { Connection } from '../connections/ports.js';
import type { Component, ComponentKey } from '../device-model/ports.js';
import type { Protocol } from '../ocpp/protocol.js';

/** Which component says with which security profile a charge point means to connect: in 1.6 it is a key. */
export function securityComponent(protocol: Protocol | undefined): ComponentKey {
  return { name: protocol === 'ocpp1.6' ? 'Configuration' : 'SecurityCtrlr' };
}

/** The security profile that it told of last, if it did. */
export function reportedProfile(component: Component | undefined): number | undefined {
  const variable = component?.variables.find(({ name }) => name.toLowerCase() === 'securityprofile');
  const is = variable?.attributes.find(({ type }) => type === 'Actual')?.value?.is;
  return is !== undefined && /^\d$/.test(is) ? Number(is) : undefined;
}

/**
 * The security profile that a connection goes by. 0 is one without a password; with one it is 1, or behind TLS 2.
 *
 * @returns undefined of a connection that nothing is known of
 */
export function profileInUse(connection: Connection | undefined, isEncrypted: boolean): number | undefined {
  if (connection?.hasPassword === undefined) return undefined;
  if (!connection.hasPassword) return 0;
  return isEncrypted ? 2 : 1;
}
