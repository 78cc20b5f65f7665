import { fromEnv } from '@aws-sdk/credential-provider-env';
import { HttpRequest } from '@smithy/core/protocols';
import { Hash } from '@smithy/core/serde';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Clock } from '../csms/clock.js';
import { type Files, type Signed, secondsUntil } from '../csms/files/ports.js';

type Signable = Parameters<SignatureV4['presign']>[0];

const attempts = 3;
const unsigned = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };

/**
 * The files of a bucket. Signing needs nothing but the key: with the SDK's client of S3 each bundle would have 160 kB more,
 * for one request.
 *
 * @param url of the bucket, without a slash at its end
 */
export function s3Files(url: string, region: string, clock: Clock): Files {
  const signer = new SignatureV4({
    service: 's3',
    region,
    credentials: fromEnv(),
    sha256: Hash.bind(null, 'sha256'),
    uriEscapePath: false,
  });

  async function signed(method: string, { key, expiresAt }: Signed): Promise<string> {
    const now = clock.now();
    return urlOf(
      await signer.presign(requestOf(method, url, key, unsigned), {
        signingDate: now,
        expiresIn: secondsUntil(expiresAt, now),
        // S3 knows it of every signed URL; there the header would make the URL longer, or have to be sent.
        unhoistableHeaders: new Set(Object.keys(unsigned)),
        unsignableHeaders: new Set(Object.keys(unsigned)),
      }),
    );
  }

  async function head(key: string): Promise<Response> {
    const request = await signer.sign(requestOf('HEAD', url, key, unsigned), {
      signingDate: clock.now(),
    });
    const { method, headers } = request;
    return fetch(urlOf(request), { method, headers, signal: AbortSignal.timeout(3_000) });
  }

  return {
    uploadUrl: (file) => signed('PUT', file),
    downloadUrl: (file) => signed('GET', file),

    async find(key) {
      const { status, headers } = await repeated(() => head(key));
      if (status === 404) return undefined;
      if (status !== 200) throw new Error(`S3 answered ${status} when asked for ${key}.`);
      const at = new Date(headers.get('last-modified') ?? '').toISOString();
      return { size: Number(headers.get('content-length')), at };
    },
  };
}

function requestOf(method: string, url: string, key: string, headers: Record<string, string>): HttpRequest {
  const { protocol, hostname, port, host, pathname } = new URL(`${url}/${key.split('/').map(escaped).join('/')}`);
  return new HttpRequest({
    ...{ protocol, hostname, method, path: pathname, headers: { host, ...headers } },
    ...(port && { port: Number(port) }),
  });
}

function urlOf({ protocol, hostname, port, path, query = {} }: Signable): string {
  const parameters = Object.entries(query).map(([name, value]) => `${escaped(name)}=${escaped(String(value))}`);
  const search = parameters.length > 0 ? `?${parameters.join('&')}` : '';
  return `${protocol}//${hostname}${port ? `:${port}` : ''}${path}${search}`;
}

/** RFC 3986: everything but the unreserved characters, as the signature has it. */
function escaped(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Asks again when there is no answer, or S3 has a fault or is asked too often. */
async function repeated(ask: () => Promise<Response>): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    try {
      const response = await ask();
      if (response.status < 500 || attempt === attempts) return response;
    } catch (error) {
      if (attempt === attempts) throw error;
    }
  }
}
