import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { askFor } from '../../csms/commands/ask.js';
import { lastKnownVersion } from '../../csms/commands/complete.js';
import type { Command } from '../../csms/commands/ports.js';
import { localListUpdates, payloadOfUpdate } from '../../csms/id-tokens/local-list-updates.js';
import { normalised } from '../../csms/id-tokens/normalised.js';
import type { IdToken } from '../../csms/id-tokens/ports.js';
import { allocateNext } from '../../csms/numbers/allocate.js';
import { problemOf, versionsSpokenBy } from '../completed.js';
import { operation } from '../operation.js';
import { ofChargePoint } from '../params.js';
import type { ApiPorts } from '../ports.js';
import { Problem } from '../problem.js';
import { shown, shownCommand } from './commands.js';

const mostTokens = 10_000;

/** Messages that a list is made of: as many as are queued well within the time of a request. */
const mostMessages = 200;

const printable = (length: number) =>
  z.string().check(z.minLength(1), z.maxLength(length), z.regex(/^[\x20-\x7e]*$/, 'has characters that no token has'));
const body = z
  .strictObject({
    groupId: z.optional(printable(20)),
    idTokens: z.optional(z.array(printable(255)).check(z.minLength(1), z.maxLength(1_000))),
  })
  .check(
    z.refine((one) => one.groupId === undefined || one.idTokens === undefined, 'say groupId or idTokens, not both'),
  );

const sendLocalList = operation({
  id: 'sendLocalList',
  method: 'POST',
  path: '/charge-points/{chargePointId}/local-list',
  summary:
    'Sends a charge point its local list, made of the id tokens: all, those of a group, or as changes those that are named',
  role: 'operator',
  params: ofChargePoint,
  query: z.strictObject({}),
  body,
  answers: {
    202: {
      description: 'The commands that do it, in the order in which they are sent',
      schema: z.object({ commands: z.array(shownCommand) }),
    },
  },
  example: { params: { chargePointId: 'CP1' }, body: { groupId: 'FLEET' }, status: 202 },
  async handle({ id, params: { chargePointId }, body: asked, caller }, ports) {
    const [protocol, ...others] = await versionsSpokenBy(chargePointId, ports);
    if (!protocol || others.length > 0) {
      throw new Problem('version-unknown', `Wait until ${chargePointId} has connected: its version is not known.`);
    }
    if (caller.scope) throw new Problem('out-of-scope', 'Use another token: id tokens are not for one with a scope.');
    const wanted = await tokensOf(asked, ports);
    const now = ports.clock.now();
    const updates = await localListUpdates({ chargePointId, protocol, ...wanted }, ports, now).catch(failed);
    if (updates.length > mostMessages) throw tooManyMessages(chargePointId, updates.length);
    const ids = idsOf(id, updates);
    const versions = await versionsFor(chargePointId, ids, ports).catch(failed);
    const commands: Command[] = [];
    for (const [i, update] of updates.entries()) {
      const commandId = ids[i] as string;
      const payload = JSON.stringify(payloadOfUpdate({ ...update, version: versions[i] as number }, protocol));
      commands.push(await askFor({ chargePointId, commandId, action: 'SendLocalList', payload }, ports));
    }
    return { status: 202, body: { commands: commands.map(shown) } };
  },
});

/** Within a millisecond it is they that say in which order the messages are sent. Of another list they are others. */
function idsOf(id: string, updates: object[]): string[] {
  const list = createHash('sha256').update(JSON.stringify(updates)).digest('base64url').slice(0, 5);
  return updates.map((_, i) => `${id}-${list}-${String(i).padStart(3, '0')}`);
}

function tooManyMessages(chargePointId: string, count: number): Problem {
  const told = `Name fewer id tokens, or a smaller group: ${chargePointId} takes so few in a message that these are ${count} messages`;
  return new Problem('too-many-tokens', `${told}, and at most ${mostMessages} are queued at once.`);
}

/** All of them are there before the first message is queued: part of a list is worse than none. */
async function versionsFor(chargePointId: string, commandIds: string[], ports: ApiPorts): Promise<number[]> {
  const versions: number[] = [];
  let last = await lastKnownVersion(chargePointId, ports);
  for (const commandId of commandIds) {
    last = await allocateNext({ chargePointId, commandId, series: 'local-list' }, last, ports);
    versions.push(last);
  }
  return versions;
}

function failed(error: unknown): never {
  throw problemOf(error);
}

/** The tokens that there are of those that are asked for; of those that are named, also the ones that there are not. @throws {Problem} */
async function tokensOf(
  { groupId, idTokens }: z.infer<typeof body>,
  { idTokenRecords }: Pick<ApiPorts, 'idTokenRecords'>,
) {
  if (idTokens) {
    const names = [...new Set(idTokens.flatMap((one) => normalised(one) ?? []))];
    const found = await Promise.all(names.map((one) => idTokenRecords.read(one)));
    const tokens = found.filter((one) => one !== undefined);
    return { tokens, removed: names.filter((_, i) => found[i] === undefined) };
  }
  const tokens: IdToken[] = [];
  let cursor: string | undefined;
  do {
    const page = await idTokenRecords.list({ groupId }, { limit: 1_000, cursor });
    tokens.push(...page.items);
    cursor = page.cursor;
    if (tokens.length > mostTokens) {
      throw new Problem('too-many-tokens', `Send those of a group: no charge point is sent more than ${mostTokens}.`);
    }
  } while (cursor !== undefined);
  return { tokens, removed: undefined };
}

export const localListOperations = [sendLocalList];
