import type { Operation } from './operation.js';
import { Problem } from './problem.js';

const largest = 1024 * 1024;
/** Nothing that the API takes is deeper; what is, no recursion is to meet. */
const deepest = 64;

/** The body of a request as text, and as what it says. */
export interface ReadBody {
  text: string;
  value: unknown;
}

/** @throws {Problem} when it is too large, of another type, or no JSON */
export async function readBody(
  request: Request,
  { body, bodyType = 'application/json' }: Operation,
): Promise<ReadBody> {
  const text = await request.text();
  if (Buffer.byteLength(text) > largest) throw new Problem('body-too-large', 'Send at most 1 MB.');
  if (!body) return { text: '', value: undefined };
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== bodyType) throw new Problem('unsupported-media-type', `Send Content-Type: ${bodyType}.`);
  if (bodyType === 'text/csv') return { text, value: text };
  if (depthOf(text) > deepest) throw new Problem('broken-json', `Nest arrays and objects at most ${deepest} deep.`);
  try {
    return { text, value: JSON.parse(text) };
  } catch (error) {
    throw new Problem('broken-json', `Send JSON: ${(error as Error).message.replace(/\s+/g, ' ').slice(0, 200)}.`);
  }
}

/** How deep the brackets outside of strings are nested. */
function depthOf(text: string): number {
  let [depth, most] = [0, 0];
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gs)) {
    if (token === '[' || token === '{') most = Math.max(most, ++depth);
    else if (token === ']' || token === '}') depth--;
  }
  return most;
}
