/** Whether `pattern` means a text: `*` is any, `?` one character, as in policies, permissions and CloudFront's paths. */
export function isLike(pattern: string, text: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`, 's').test(text);
}

/** An account in a Region. */
export interface Region {
  accountId: string;
  region: string;
}

export function arnOf({ region, accountId }: Region, service: string, resource: string): string {
  return `arn:aws:${service}:${region}:${accountId}:${resource}`;
}
