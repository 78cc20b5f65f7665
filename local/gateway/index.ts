import type { Account } from '../account.js';
import type { Made, Surroundings } from '../stack.js';
import type { Deployed } from '../template/stack-resources.js';
import { startHttpApi } from './http-api.js';
import { quotas, startWebSocketApi } from './websocket.js';

/** Starts an API of a template, of either protocol. */
export function startApi(api: Deployed, account: Account, stack: Surroundings): Made {
  const { resources, apis, limits, issuers } = stack;
  const { ProtocolType } = api.properties;
  if (ProtocolType === 'HTTP') {
    apis.set(api.ref, startHttpApi(api, resources, { ...account, issuers }));
    return {};
  }
  if (ProtocolType !== 'WEBSOCKET') throw new Error(`${api.logicalId}: there is no API of ${ProtocolType}.`);
  const started = startWebSocketApi(api, resources, { ...account, limits: { ...quotas, ...limits } });
  apis.set(api.ref, started);
  account.webSocketApis.push(started);
  return {
    async end() {
      await started.close();
      account.webSocketApis.splice(account.webSocketApis.indexOf(started), 1);
    },
  };
}
