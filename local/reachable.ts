import { networkInterfaces } from 'node:os';

/** The address by which others reach who listens on `host`. */
export function reachableAddress(host: string): string {
  if (host !== '0.0.0.0') return host;
  const addresses = Object.values(networkInterfaces()).flat();
  return addresses.find((address) => address?.family === 'IPv4' && !address.internal)?.address ?? host;
}
