import { readFileSync } from 'node:fs';
import { createValidator } from 'ocpp-rpc';
import { expect, it } from 'vitest';
import { type Protocol, protocols } from '../../csms/ocpp/protocol.js';
import { sends } from '../../csms/ocpp/routes.js';
import { messages as messages16 } from '../../schemas/generated/ocpp1.6/messages.js';
import { messages as messages201 } from '../../schemas/generated/ocpp2.0.1/messages.js';
import { messages as messages21 } from '../../schemas/generated/ocpp2.1/messages.js';
import type { Validators } from '../../schemas/generated/runtime.js';
import { sample } from '../../scripts/generate-ocpp/samples.mjs';
import { directions } from '../conformance/directions.js';
import { connectClient } from './ocpp-rpc.js';
import { testSystem } from './system.js';

const csms = testSystem();

type Messages = Readonly<Record<string, () => Validators<unknown, unknown>>>;
const messages: Record<Protocol, Messages> = {
  'ocpp1.6': messages16,
  'ocpp2.0.1': messages201,
  'ocpp2.1': messages21,
};

/** The library names its schemas of 2.1 otherwise than it looks for them, and warns of strings that are closed like objects. */
function validatorOf21() {
  const file = new URL('../../node_modules/ocpp-rpc/lib/schemas/ocpp2_1.json', import.meta.url);
  const schemas = JSON.parse(readFileSync(file, 'utf8'), (_name, value) => {
    if (value?.type === 'string') delete value.additionalProperties;
    return value;
  }) as { $id: string }[];
  const named = schemas.map((schema) => ({
    ...schema,
    $id: schema.$id.replace(/Request$/, '.req').replace(/Response$/, '.conf'),
  }));
  return createValidator('ocpp2.1', named);
}

// A strict client checks what it sends and what it hears by schemas of its own.
it.each(protocols)('%s: a strict client of others’ hears a valid answer to all that it may say', async (protocol) => {
  const { fromChargePoint, fromBoth } = directions[protocol];
  const identity = await csms.thing();
  const strict = { strictMode: true, ...(protocol === 'ocpp2.1' && { strictModeValidators: [validatorOf21()] }) };
  const client = await connectClient({ endpoint: csms.url, identity, protocols: [protocol], ...strict });
  const refused: string[] = [];
  try {
    for (const action of [...fromChargePoint, ...fromBoth]) {
      if (sends[protocol]?.includes(action)) continue;
      const { schema } = messages[protocol][action]?.().request ?? expect.fail(action);
      await client.call(action, sample(schema, false)).catch((error) => refused.push(`${action}: ${error}`));
    }
  } finally {
    await client.close();
  }
  expect(refused).toEqual([]);
});
