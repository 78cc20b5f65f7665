import { reachableAddress } from '../local/reachable.js';

/** A line that a function logged, for people: `connect: handshake refused (chargePointId CP9, status 404, …)`. */
export function logLine(functionName: string, line: string): string {
  const name = functionName.split('-').pop();
  const logged = recordOf(line).message;
  if (typeof logged === 'string') return `${name}: ${logged}`;
  const { message, stack, ...about } = (logged ?? {}) as Record<string, unknown>;
  if (message === undefined) return `${name}: ${line}`;
  const details = Object.entries(about).map(
    ([key, value]) => `${key} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const text = `${name}: ${message}${details.length > 0 ? ` (${details.join(', ')})` : ''}`;
  return stack ? `${text}\n${stack}` : text;
}

function recordOf(line: string): Record<string, unknown> {
  try {
    return JSON.parse(line) ?? {};
  } catch {
    // Not every line is a record: what the runtime prints is text.
    return {};
  }
}

/** The host to print for whoever is to connect to `host`. */
export function reachableHost(host: string): string {
  return host === '127.0.0.1' ? 'localhost' : reachableAddress(host);
}
