import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { segmentOf } from '../../../api/names.js';
import { only, read, UsageError } from '../arguments.js';
import { answerOf, Refused } from '../client.js';
import type { Command, Surroundings } from '../command.js';
import { printed, printList } from '../print.js';
import { time } from '../table.js';

const options = { name: { type: 'string' } } as const;
type Values = ReturnType<typeof read<typeof options>>['values'];

/** Lists, uploads and deletes firmware. */
export const firmware: Command = {
  summary: "The firmware in the stage's bucket: a list, uploads and deletions",
  usage: `csms firmware                     by name
csms firmware upload <file>       one of the same name is replaced
csms firmware url <name>          where it is to be had for a quarter of an hour
csms firmware delete <name>

  --name <name>     with upload: what it is called, if not as the file

csms firmware upload wallbox-1.3.bin
csms firmware upload build/out.bin --name wallbox-1.3.bin`,
  async run(args, surroundings) {
    const { values, positionals } = read(args, options);
    const [what, ...more] = positionals;
    if (values.name !== undefined && what !== 'upload') throw new UsageError('--name is for csms firmware upload.');
    switch (what) {
      case undefined:
        return list(values, surroundings);
      case 'upload':
        return upload(only(more, 'which file'), values, surroundings);
      case 'url':
        return url(only(more, 'which firmware'), values, surroundings);
      case 'delete':
        return remove(only(more, 'which firmware'), values, surroundings);
      default:
        throw new UsageError('Say upload, url or delete, or nothing for a list.');
    }
  },
};

const pathOf = (name: string) => ({ params: { path: { name: segmentOf(name) } } });

async function list(values: Values, surroundings: Surroundings): Promise<number> {
  const { items } = await answerOf(surroundings.client(values).GET('/firmware'));
  return printList(
    items,
    [
      { heading: 'name', of: (one) => one.name },
      { heading: 'bytes', of: (one) => one.size },
      { heading: 'uploaded', of: (one) => time(one.at) },
    ],
    values,
    surroundings,
  );
}

async function upload(file: string, values: Values, { client, print }: Surroundings): Promise<number> {
  const content = await contentOf(file);
  const asked = pathOf(values.name ?? basename(file));
  const { name, url } = await answerOf(client(values).POST('/firmware/{name}/upload', asked));
  const { ok, status } = await fetch(url, { method: 'PUT', body: new Uint8Array(content) });
  if (!ok) throw new Refused(`The bucket answered ${status} to the upload: upload it again.`);
  if (values.json) return printed({ name, size: content.length }, print);
  print(`${name} is uploaded, ${content.length} bytes.`);
  return 0;
}

async function contentOf(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new Refused(`${file} can't be read: ${(error as Error).message}.`);
  }
}

async function url(name: string, values: Values, { client, print }: Surroundings): Promise<number> {
  const found = await answerOf(client(values).GET('/firmware/{name}', pathOf(name)));
  if (values.json) return printed(found, print);
  print(found.url);
  return 0;
}

async function remove(name: string, values: Values, { client, print }: Surroundings): Promise<number> {
  await answerOf(client(values).DELETE('/firmware/{name}', pathOf(name)));
  if (values.json) return printed({ name }, print);
  print(`${name} is deleted.`);
  return 0;
}
