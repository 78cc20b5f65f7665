import { explained, helpFor } from '../fixes.js';
import type { Told } from './known.js';

/** Something that was refused: what it was, why, and what to do. */
export function refusedBecause(
  { at, what, text }: Told,
  code: string | undefined,
  chargePointId: string,
  isTold = true,
): Told {
  const { said, ...known } = explained(code, chargePointId);
  const sentences = isTold ? said : said.slice(1);
  const end = /[.!?]$/.test(text) ? '' : '.';
  const all = sentences.length > 0 ? `${text}${end} ${sentences.join(' ')}` : text;
  return { at, what, text: all, ...(known.code && { code: known.code, help: helpFor(known.code) }) };
}
