import { readFileSync } from 'node:fs';
import { createValidator, RPCClient } from 'ocpp-rpc';
import type { Protocol } from '../../csms/ocpp/protocol.js';

type Options = ConstructorParameters<typeof RPCClient>[0];

/** Connects a client that others wrote. Its types ask for every option, its documentation for two. */
export async function connectClient(
  options: Pick<Options, 'endpoint' | 'identity'> & Partial<Options>,
): Promise<RPCClient> {
  const client = new RPCClient(options as Options);
  await client.connect();
  return client;
}

/** The same, of any version: it checks what it sends and what it hears by schemas of its own. */
export function connectStrictClient(endpoint: string, identity: string, protocol: Protocol): Promise<RPCClient> {
  const validators = protocol === 'ocpp2.1' ? [validatorOf21()] : [];
  const strictness = { strictMode: true, strictModeValidators: validators };
  return connectClient({ endpoint, identity, protocols: [protocol], reconnect: false, ...strictness });
}

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
