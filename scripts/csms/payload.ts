import { UsageError } from './arguments.js';

/** What `--json-payload` says. @throws {UsageError} unless it is a JSON object */
export function payloadOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Told below, with every other text that is no object.
  }
  throw new UsageError('--json-payload is no JSON object.');
}
