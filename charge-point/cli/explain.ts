import { HandshakeRefused, NoCommonProtocol, Unreachable } from '../client/errors.js';
import type { SimulatorOptions } from './options.js';

/** What went wrong when connecting, and what to do. Undefined for an error that is no user's mistake. */
export function explain(error: unknown, options: SimulatorOptions): string | undefined {
  if (error instanceof HandshakeRefused) return explainStatus(error.status, options);
  if (error instanceof NoCommonProtocol) {
    return `The system does not speak what ${options.identity} offered (${error.offered}) and closes such a connection: choose another --protocol.`;
  }
  if (error instanceof Unreachable && error.cause.code === 'ECONNREFUSED') {
    return `Nothing listens at ${options.url}: is the system running there (\`npm start\`)?`;
  }
  if (error instanceof Unreachable) {
    return `${options.url} cannot be reached (${error.cause.code ?? error.cause.message}): check the URL and the network.`;
  }
  return undefined;
}

function explainStatus(status: number, { identity, password, url }: SimulatorOptions): string {
  switch (status) {
    case 401:
      return `${identity} was refused ${password === undefined ? 'without a' : 'with this'} password (401): give the one it is registered with, --password <password>, or give it a new one: \`npx csms charge-points password ${identity}\`.`;
    case 403:
      return `${identity} was refused at ${url} (403): use the edge's URL, printed as the WebSocket URL, not the execute-api one.`;
    case 404:
      return `${identity} is not registered as an IoT Thing (404): register it with \`npm run register -- ${identity}\` (in your AWS account: add \`--deployed\`).`;
    default:
      return `${identity} was refused with HTTP status ${status} at ${url}: the log of the system says why.`;
  }
}
