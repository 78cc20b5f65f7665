import * as z from 'zod/mini';
import { firmwareKey, nameIn } from '../../csms/files/keys.js';
import type { StoredFile } from '../../csms/files/ports.js';
import { basePath } from '../base-path.js';
import { readFirmware } from '../known.js';
import { segmentOf, textOf } from '../names.js';
import { operation } from '../operation.js';
import { nothing } from '../params.js';
import { Problem } from '../problem.js';
import { shownUrl, urlOf } from './files.js';

/** In ms: how long somebody has to begin with an upload. */
const hour = 60 * 60_000;
const longestName = 100;

const ofFirmware = z.strictObject({ name: z.string().check(z.minLength(1), z.maxLength(300)) });

const shownFirmware = z.object({ name: z.string(), size: z.number(), at: z.string() });

/** @throws {Problem} for a text that no file may be called */
function nameOf(segment: string): string {
  const name = textOf(segment);
  if (name.length <= longestName && !/\p{Cc}/u.test(name)) return name;
  throw new Problem(
    'bad-parameter',
    `Choose a name of at most ${longestName} characters, none of them a control character.`,
  );
}

function shown({ key, size, at }: StoredFile): z.infer<typeof shownFirmware> {
  return { name: nameIn(key), size, at };
}

const listFirmware = operation({
  id: 'listFirmware',
  method: 'GET',
  path: '/firmware',
  summary: "The firmware in the stage's bucket by name, the first thousand",
  role: 'viewer',
  params: nothing,
  query: nothing,
  answers: { 200: { description: 'All of it', schema: z.object({ items: z.array(shownFirmware) }) } },
  example: { status: 200 },
  async handle(_, { files }) {
    return { status: 200, body: { items: (await files.find(firmwareKey(''))).map(shown) } };
  },
});

const getFirmware = operation({
  id: 'getFirmware',
  method: 'GET',
  path: '/firmware/{name}',
  summary: 'A firmware, and where it is to be had for a quarter of an hour',
  role: 'operator',
  params: ofFirmware,
  query: nothing,
  answers: { 200: { description: 'It', schema: z.extend(shownFirmware, shownUrl.shape) } },
  example: { params: { name: 'wallbox-1.2.bin' }, status: 200 },
  async handle({ params }, ports) {
    const file = await readFirmware(nameOf(params.name), ports);
    return { status: 200, body: { ...shown(file), ...urlOf(file, ports) } };
  },
});

const uploadFirmware = operation({
  id: 'uploadFirmware',
  method: 'POST',
  path: '/firmware/{name}/upload',
  summary: 'A URL that takes a firmware by HTTP PUT, for an hour; one of the same name is replaced',
  role: 'operator',
  params: ofFirmware,
  query: nothing,
  isSecret: true,
  answers: {
    201: {
      description: 'PUT the file there',
      schema: z.object({ name: z.string(), url: z.string(), expiresAt: z.string() }),
    },
  },
  example: { params: { name: 'wallbox-1.3.bin' }, status: 201 },
  async handle({ params }, { fileUrls, clock }) {
    const name = nameOf(params.name);
    const expiresAt = new Date(clock.now().getTime() + hour);
    const file = { key: firmwareKey(name), expiresAt };
    try {
      // A charge point has to have room for the URL that it is downloaded by, which is as long.
      const body = { name, url: fileUrls.uploadUrl(file), expiresAt: expiresAt.toISOString() };
      return { status: 201, body, headers: { location: `${basePath}/firmware/${segmentOf(name)}` } };
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new Problem('bad-parameter', 'Choose a shorter name: a charge point has 512 characters for the URL.');
    }
  },
});

const deleteFirmware = operation({
  id: 'deleteFirmware',
  method: 'DELETE',
  path: '/firmware/{name}',
  summary: 'Deletes a firmware: nobody can download it any more',
  role: 'operator',
  params: ofFirmware,
  query: nothing,
  answers: { 204: { description: 'It is gone' } },
  example: { params: { name: 'wallbox-1.2.bin' }, status: 204 },
  async handle({ params }, ports) {
    const { key } = await readFirmware(nameOf(params.name), ports);
    await ports.files.remove(key);
    return { status: 204 };
  },
});

export const firmwareOperations = [listFirmware, getFirmware, uploadFirmware, deleteFirmware];
