import { RPCClient } from 'ocpp-rpc';

type Options = ConstructorParameters<typeof RPCClient>[0];

/** Connects a client that others wrote. Its types ask for every option, its documentation for two. */
export async function connectClient(
  options: Pick<Options, 'endpoint' | 'identity'> & Partial<Options>,
): Promise<RPCClient> {
  const client = new RPCClient(options as Options);
  await client.connect();
  return client;
}
