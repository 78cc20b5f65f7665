/** The classic shadow of a thing has no name. */
export interface ShadowId {
  thingName: string;
  shadowName?: string;
}

export type ShadowOperation = 'get' | 'update' | 'delete';

const REQUEST =
  /^\$aws\/things\/([a-zA-Z0-9:_-]{1,128})\/shadow\/(?:name\/([$a-zA-Z0-9:_-]{1,64})\/)?(get|update|delete)$/;

/** Which shadow a client asks for by publishing on `topic`; undefined when it is no shadow's request topic. */
export function shadowRequest(topic: string): { id: ShadowId; operation: ShadowOperation } | undefined {
  const match = REQUEST.exec(topic);
  if (!match) return undefined;
  const [, thingName = '', shadowName, operation] = match;
  return {
    id: { thingName, ...(shadowName !== undefined && { shadowName }) },
    operation: operation as ShadowOperation,
  };
}

export function shadowTopic({ thingName, shadowName }: ShadowId, suffix: string): string {
  const name = shadowName === undefined ? '' : `name/${shadowName}/`;
  return `$aws/things/${thingName}/shadow/${name}${suffix}`;
}
