import { UsageError } from './arguments.js';

/** Where `npm start` has the API. */
const local = 'http://localhost:9000';

/**
 * Where the API is: as `--url` says, or CSMS_URL, or on this machine.
 *
 * @throws {UsageError} when that is no URL of HTTP
 */
export function apiUrl(option: string | undefined, environment: Record<string, string | undefined>): string {
  const [name, url] = option === undefined ? ['CSMS_URL', environment.CSMS_URL || local] : ['--url', option];
  if (/^https?:/i.test(url) && URL.canParse(url)) return url;
  throw new UsageError(`${name} ${url} is no URL of the API: give one like ${likeIt(url)}.`);
}

/** Is it on this machine, where `npm start` may be? */
export function isLocal(url: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);
}

/** A host without its scheme, or with that of the WebSocket URL, was meant as one of HTTP. */
function likeIt(text: string): string {
  const url = `https://${text.replace(/^\w*:?\/\//, '')}`;
  if (!URL.canParse(url)) return local;
  return isLocal(url) ? url.replace('https', 'http') : url;
}
