import { expect, it } from 'vitest';
import { protocols } from '../../csms/ocpp/protocol.js';
import { sends } from '../../csms/ocpp/routes.js';
import { sample } from '../../scripts/generate-ocpp/samples.mjs';
import { directions } from '../conformance/directions.js';
import { connectStrictClient } from './ocpp-rpc.js';
import { schemasOf } from './schemas.js';
import { testSystem } from './system.js';

const csms = testSystem();

// A strict client checks what it sends and what it hears by schemas of its own.
it.each(protocols)('%s: a strict client of others’ hears a valid answer to all that it may say', async (protocol) => {
  const { fromChargePoint, fromBoth } = directions[protocol];
  const identity = await csms.thing();
  const client = await connectStrictClient(csms.url, identity, protocol);
  const refused: string[] = [];
  try {
    for (const action of [...fromChargePoint, ...fromBoth]) {
      if (sends[protocol]?.includes(action)) continue;
      const { request } = schemasOf(protocol, action);
      await client.call(action, sample(request, false)).catch((error) => refused.push(`${action}: ${error}`));
    }
  } finally {
    await client.close();
  }
  expect(refused).toEqual([]);
});
