/** Whether an ARN is one of those that `pattern` means: `*` is any text, `?` one character, as in policies and permissions. */
export function arnLike(pattern: string, arn: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`, 's').test(arn);
}

/** An account in a Region. */
export interface Region {
  accountId: string;
  region: string;
}

export function arnOf({ region, accountId }: Region, service: string, resource: string): string {
  return `arn:aws:${service}:${region}:${accountId}:${resource}`;
}
