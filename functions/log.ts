/** One object a line; Lambda's own JSON format adds level, time and request id. */
export function logWarning(message: string, about: Record<string, unknown>): void {
  console.warn(JSON.stringify({ message, ...about }));
}

export function logError(message: string, about: Record<string, unknown>, error: unknown): void {
  const cause = error instanceof Error ? { error: error.name, why: error.message, stack: error.stack } : { why: error };
  console.error(JSON.stringify({ message, ...about, ...cause }));
}
