import { s3Files } from '../../aws/files.js';
import { see } from './see.js';

interface Order {
  probe: string;
  key: string;
  /** For how many seconds the URLs are good. */
  goodFor: number;
}

const clock = { now: () => new Date() };

/** Signs URLs for a file of each bucket in its role, as the system does, and says whether the file is there. */
export async function handler({ probe, key, goodFor }: Order): Promise<void> {
  const { FILES_URL = '', UNLISTED_URL = '', AWS_REGION = '' } = process.env;
  const files = s3Files(FILES_URL, AWS_REGION, clock);
  const unlisted = s3Files(UNLISTED_URL, AWS_REGION, clock);
  const file = { key, expiresAt: new Date(clock.now().getTime() + goodFor * 1_000) };
  await see({
    probe,
    put: await files.uploadUrl(file),
    get: await files.downloadUrl(file),
    unlisted: await unlisted.downloadUrl(file),
    found: await files.find(key).catch(({ message }: Error) => message),
  });
}
