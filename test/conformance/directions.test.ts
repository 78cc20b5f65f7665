import { describe, expect, it } from 'vitest';
import { type Protocol, protocols } from '../../csms/ocpp/protocol.js';
import { routes } from '../../csms/ocpp/routes.js';
import { actions as actions16 } from '../../schemas/generated/ocpp1.6/actions.js';
import { actions as actions201 } from '../../schemas/generated/ocpp2.0.1/actions.js';
import { actions as actions21 } from '../../schemas/generated/ocpp2.1/actions.js';
import { directions } from './directions.js';

const counts = { 'ocpp1.6': 28 + 11, 'ocpp2.0.1': 64, 'ocpp2.1': 91 };
const withSchemas: Record<Protocol, readonly string[]> = {
  'ocpp1.6': actions16,
  'ocpp2.0.1': actions201,
  'ocpp2.1': actions21,
};

describe.each(protocols)('%s', (protocol) => {
  const { fromChargePoint, fromCsms, fromBoth } = directions[protocol];

  it('names each action of the version once', () => {
    const named = [...fromChargePoint, ...fromCsms, ...fromBoth];
    expect(named).toHaveLength(counts[protocol]);
    expect(named.sort()).toEqual([...withSchemas[protocol]].sort());
  });

  it('handles all that a charge point may send, and routes nothing else', () => {
    expect(Object.keys(routes[protocol]).sort()).toEqual([...fromChargePoint, ...fromBoth].sort());
  });
});
