import { createHash, createHmac } from 'node:crypto';

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

export interface ToSign {
  host: string;
  path: string;
  service: string;
  region: string;
  credentials: Credentials;
  at: Date;
  /** Seconds. */
  goodFor: number;
}

/** The URL by which a client connects to AWS IoT over MQTT, with its credentials. */
export function mqttUrl(host: string, region: string, credentials: Credentials, at: Date): string {
  const query = signedQuery({
    host,
    path: '/mqtt',
    service: 'iotdevicegateway',
    region,
    credentials,
    at,
    goodFor: 300,
  });
  // AWS IoT, other than most services, takes the session token beside what is signed.
  const token = credentials.sessionToken && `&X-Amz-Security-Token=${encoded(credentials.sessionToken)}`;
  return `wss://${host}/mqtt?${query}${token ?? ''}`;
}

/** Signs a GET without a body by its query string: AWS Signature Version 4. */
export function signedQuery({ host, path, service, region, credentials, at, goodFor }: ToSign): string {
  const time = at.toISOString().replace(/[-:]|\.\d+/g, '');
  const scope = [time.slice(0, 8), region, service, 'aws4_request'];
  const query = [
    ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
    ['X-Amz-Credential', [credentials.accessKeyId, ...scope].join('/')],
    ['X-Amz-Date', time],
    ['X-Amz-Expires', String(goodFor)],
    ['X-Amz-SignedHeaders', 'host'],
  ]
    .map(([name = '', value = '']) => `${name}=${encoded(value)}`)
    .join('&');
  const request = ['GET', path, query, `host:${host}`, '', 'host', sha256('')].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', time, scope.join('/'), sha256(request)].join('\n');
  const key = scope.reduce<Buffer | string>((secret, part) => hmac(secret, part), `AWS4${credentials.secretAccessKey}`);
  return `${query}&X-Amz-Signature=${hmac(key, toSign).toString('hex')}`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

/** RFC 3986: everything but the unreserved characters. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
