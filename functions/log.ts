/** Lambda makes a line of one object, as its `message`, so that `message.code` can be searched for. */
export function logWarning(message: string, about: Record<string, unknown>): void {
  console.warn({ message, ...about });
}

export function logError(message: string, about: Record<string, unknown>, error: unknown): void {
  const cause = error instanceof Error ? { error: error.name, why: error.message, stack: error.stack } : { why: error };
  console.error({ message, ...about, ...cause });
}
