import { fromEnv } from '@aws-sdk/credential-provider-env';
import { HttpRequest } from '@smithy/core/protocols';
import { Hash } from '@smithy/core/serde';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Clock } from '../csms/clock.js';
import type { Files, StoredFile } from '../csms/files/ports.js';

const attempts = 3;

/**
 * The files of a bucket. With the SDK's client of S3 a bundle would have 160 kB more, for one request.
 *
 * @param url of the bucket, without a slash at its end
 */
export function s3Files(url: string, region: string, clock: Clock): Files {
  const credentials = fromEnv();
  const signer = new SignatureV4({
    ...{ service: 's3', region, credentials, sha256: Hash.bind(null, 'sha256') },
    // Other than the other services, S3 takes a path as it is sent.
    uriEscapePath: false,
  });

  /** @param path below the bucket, encoded. @throws what S3 answered, if it did not do it */
  async function ask(method: string, path: string, query: Record<string, string> = {}): Promise<Response> {
    const { protocol, hostname, port, host, pathname } = new URL(`${url}/${path}`);
    const request = new HttpRequest({
      ...{ protocol, hostname, path: pathname, method, query, headers: { host } },
      ...(port && { port: Number(port) }),
    });
    const search = new URLSearchParams(query);
    const send = async () => {
      const { headers } = await signer.sign(request, { signingDate: clock.now() });
      const asked = `${url}/${path}${search.size > 0 ? `?${search}` : ''}`;
      return fetch(asked, { method, headers, signal: AbortSignal.timeout(3_000) });
    };
    const response = await repeated(send);
    if (response.ok) return response;
    throw new Error(`S3 answered ${response.status} when asked for ${method} ${path || query.prefix}.`);
  }

  return {
    async find(prefix) {
      const response = await ask('GET', '', { 'list-type': '2', 'encoding-type': 'url', prefix });
      return filesIn(await response.text());
    },

    async remove(key) {
      await ask('DELETE', key.split('/').map(encoded).join('/'));
    },
  };
}

/** As it is signed, and so as it is to be sent: all is encoded that may be. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** What a list says, in XML; its keys are as in a query string. */
function filesIn(list: string): StoredFile[] {
  return [...list.matchAll(/<Contents>(.*?)<\/Contents>/gs)].map(([, contents = '']) => {
    const textOf = (name: string) => new RegExp(`<${name}>(.*?)</${name}>`).exec(contents)?.[1] ?? '';
    const at = new Date(textOf('LastModified')).toISOString();
    return { key: decodeURIComponent(textOf('Key').replaceAll('+', ' ')), size: Number(textOf('Size')), at };
  });
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
