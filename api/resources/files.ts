import * as z from 'zod/mini';
import type { StoredFile } from '../../csms/files/ports.js';
import type { ApiPorts } from '../ports.js';

/** In ms: how long somebody has to begin with a download. */
const quarter = 15 * 60_000;

/** Where a file is to be had, and until when. */
export const shownUrl = z.object({ url: z.string(), expiresAt: z.string() });

/** A URL for whoever may have the file. */
export function urlOf(
  { key }: Pick<StoredFile, 'key'>,
  { fileUrls, clock }: Pick<ApiPorts, 'fileUrls' | 'clock'>,
): z.infer<typeof shownUrl> {
  const expiresAt = new Date(clock.now().getTime() + quarter);
  return { url: fileUrls.downloadUrl({ key, expiresAt }), expiresAt: expiresAt.toISOString() };
}
