import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '../csms/clock.js';
import type { Command, Commands, Outcome } from '../csms/commands/ports.js';
import type { CommandRecords } from '../csms/commands/records.js';
import { dueKeys } from './due.js';
import { conditionally, dynamodb } from './dynamodb.js';
import { day, expiryAfter, expiryAt } from './expiry.js';
import { queryPage } from './page.js';
import { changeItem, readItem } from './versioned-item.js';

/** How long a settled command is kept, in seconds. */
const kept = 30 * day;
/** In the index of what is due, those that are not settled. */
const dueFor = 'settle';
/** What the range keys of commands begin with. */
const prefix = 'command#';

/**
 * One item per command, below its charge point; the range key is `command#{commandId}`. Those that are queued are in the
 * index `queue`, in their order, and those that are not settled in the index `due`. Message ids of repeated attempts are items of their own, `attempt#{messageId}`.
 */
export function dynamoCommands(TableName: string, clock: Clock): Commands {
  const key = (chargePointId: string, commandId: string) => ({ chargePointId, item: `${prefix}${commandId}` });
  /** What commands were read from. */
  const items = new WeakMap<Command, Record<string, unknown>>();

  function remembered(item: Record<string, unknown>): Command {
    const command = commandOf(item);
    items.set(command, item);
    return command;
  }

  return {
    async add(command) {
      const { chargePointId, commandId } = command;
      const written = await conditionally(
        dynamodb.send(
          new PutCommand({
            TableName,
            Item: { ...key(chargePointId, commandId), ...attributesOf(command), version: 1 },
            ConditionExpression: 'attribute_not_exists(chargePointId)',
          }),
        ),
      );
      if (written) return command;
      const item = await readItem(TableName, key(chargePointId, commandId));
      return item ? remembered(item) : this.add(command);
    },

    async find(chargePointId, messageId) {
      const first = await readItem(TableName, key(chargePointId, messageId));
      if (first) return remembered(first);
      const alias = await readItem(TableName, { chargePointId, item: `attempt#${messageId}` });
      const item = alias && (await readItem(TableName, key(chargePointId, alias.commandId as string)));
      return item && remembered(item);
    },

    async first(chargePointId) {
      const { Items = [] } = await dynamodb.send(
        new QueryCommand({
          TableName,
          IndexName: 'queue',
          KeyConditionExpression: 'chargePointId = :chargePointId',
          ExpressionAttributeValues: { ':chargePointId': chargePointId },
          ConsistentRead: true,
          Limit: 1,
        }),
      );
      return Items[0] && remembered(Items[0]);
    },

    async due(now, limit) {
      const keys = await dueKeys(TableName, dueFor, now, limit);
      return keys.map(({ chargePointId, item }) => ({
        chargePointId: chargePointId as string,
        commandId: (item as string).slice(prefix.length),
      }));
    },

    async alias(chargePointId, messageId, commandId) {
      const item = { chargePointId, item: `attempt#${messageId}`, commandId };
      await dynamodb.send(new PutCommand({ TableName, Item: { ...item, expires: expiryAfter(clock.now(), kept) } }));
    },

    async trigger(chargePointId, action, until) {
      const item = { chargePointId, item: `trigger#${action}`, until: until.toISOString() };
      await dynamodb.send(new PutCommand({ TableName, Item: { ...item, expires: expiryAt(until) } }));
    },

    async isTriggered(chargePointId, action, now) {
      // No action has a longer name; a key can't be of any length.
      if (action.length > 100) return false;
      const item = await readItem(TableName, { chargePointId, item: `trigger#${action}` });
      return Date.parse((item?.until as string | undefined) ?? '') > now.getTime();
    },

    async change(chargePointId, commandId, transition, known) {
      let command: Command | undefined;
      const change = (item: Record<string, unknown> | undefined) => {
        const before = item && remembered(item);
        const after = before && transition(before);
        command = after ?? before;
        return after && attributesOf(after);
      };
      const isChanged = await changeItem(TableName, key(chargePointId, commandId), change, known && items.get(known));
      return command && { command, isChanged };
    },
  };
}

/** The operator's side of the same items. */
export function dynamoCommandRecords(TableName: string): CommandRecords {
  return {
    async list(chargePointId, { isQueued }, page) {
      const found = await queryPage(
        isQueued
          ? {
              ...{ TableName, IndexName: 'queue' },
              KeyConditionExpression: 'chargePointId = :chargePointId',
              ExpressionAttributeValues: { ':chargePointId': chargePointId },
            }
          : {
              TableName,
              KeyConditionExpression: 'chargePointId = :chargePointId AND begins_with(#item, :command)',
              ExpressionAttributeNames: { '#item': 'item' },
              ExpressionAttributeValues: { ':chargePointId': chargePointId, ':command': prefix },
              ScanIndexForward: false,
            },
        page,
      );
      return { ...found, items: found.items.map(commandOf) };
    },
  };
}

/** The command that an item is; formerly its outcome was a map. */
function commandOf({ chargePointId, command }: Record<string, unknown>): Command {
  const { outcome, ...rest } = command as Command & { outcome?: Outcome | string };
  const told = typeof outcome === 'string' ? (JSON.parse(outcome) as Outcome) : outcome;
  return { ...rest, chargePointId: chargePointId as string, ...(told && { outcome: told }) };
}

function attributesOf({ chargePointId: _, outcome, ...command }: Command): Record<string, unknown> {
  const { status, order, dueAt, settledAt } = command;
  return {
    // As text: what a charge point says is deeper, and its numbers larger, than DynamoDB takes.
    command: { ...command, ...(outcome && { outcome: JSON.stringify(outcome) }) },
    // Only while it is queued is it in the index.
    ...(status === 'queued' && { queuedAs: order }),
    ...(settledAt ? { expires: expiryAfter(settledAt, kept) } : { dueFor, dueAt }),
  };
}
