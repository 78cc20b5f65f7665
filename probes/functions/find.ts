import { s3Files } from '../../aws/files.js';
import { see } from './see.js';

interface Order {
  probe: string;
  prefix: string;
}

/** Says which files there are, asked in its role as the system asks. */
export async function handler({ probe, prefix }: Order): Promise<void> {
  const { FILES_URL = '', AWS_REGION = '' } = process.env;
  const files = s3Files(FILES_URL, AWS_REGION, { now: () => new Date() });
  await see({ probe, found: await files.find(prefix).catch(({ message }: Error) => message) });
}
