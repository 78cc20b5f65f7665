import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { NOREPLY } from 'ocpp-rpc';
import { expect, it } from 'vitest';
import type { Command } from '../../csms/commands/ports.js';
import { commandTables } from '../../csms/ocpp/command-tables.js';
import { type Protocol, protocols } from '../../csms/ocpp/protocol.js';
import { sample } from '../../scripts/generate-ocpp/samples.mjs';
import { left, toBeLeft } from '../conformance/commands-leave.js';
import { clientsOf, itemsOf, tableName } from './cloud.js';
import { type Answered, outcomesOf } from './command-outcomes.js';
import { isAtLeastOnce } from './deliveries.js';
import { connectStrictClient } from './ocpp-rpc.js';
import { schemasOf } from './schemas.js';
import { eventually, testSystem } from './system.js';

const csms = testSystem();
/** On a machine that has other things to do. */
const longest = 300_000;
const commandTimeout = 30_000;

type Reply = (messageId: string) => void;

/** A charge point that answers each CALL as the test says, and somebody who asks it. */
async function connected(protocol: Protocol) {
  const identity = await csms.thing();
  const mqtt = await csms.mqttClient();
  const client = await connectStrictClient(csms.url, identity, protocol);
  /** What it found wrong with a CALL of ours. */
  const objections: string[] = [];
  /** CALLRESULTERRORs, without their descriptions. */
  const resultErrors: unknown[] = [];
  let reply: Reply = () => {};
  client.on('strictValidationFailure', ({ method, error }) => objections.push(`${method}: ${error.message}`));
  client.on('message', ({ message, outbound }) => {
    const [type, messageId, code] = JSON.parse(String(message));
    if (!outbound && type === 5) resultErrors.push([messageId, code]);
  });
  client.handle((({ messageId }: { messageId: string }) => {
    reply(messageId);
    return NOREPLY;
  }) as never);

  await csms.event(identity, 'connected');
  return {
    identity,
    client,
    objections,
    resultErrors,
    /** Publishes the CALL on `{id}/out`. @returns when it has reached the charge point, and what became of it */
    ask(messageId: string, action: string, payload: unknown, answer: Reply) {
      const settled = csms.event(identity, 'command-settled');
      const arrived = new Promise<void>((resolve) => {
        reply = (id) => {
          if (id !== messageId) return;
          answer(id);
          resolve();
        };
      });
      mqtt.publish(`${identity}/out`, JSON.stringify([2, messageId, action, payload]), { qos: 1 });
      return { arrived, settled };
    },
  };
}

/** All commands of a charge point, in the order of their ids. */
async function commandsOf(chargePointId: string): Promise<Command[]> {
  const items = await itemsOf(csms.system, 'CommandsTable', chargePointId);
  return items.flatMap(({ command }) =>
    command ? { ...command, ...(command.outcome && { outcome: JSON.parse(command.outcome) }) } : [],
  );
}

/** The tables that commands leave something in, with their range keys. */
const rangeKeys = {
  InventoryTable: 'item',
  JobsTable: 'job',
  ReservationsTable: 'reservationId',
  ComponentsTable: 'component',
} as const;

/** What is known of a charge point, which is taken away, so that the next command finds nothing. */
async function takeLeft(chargePointId: string): Promise<string[]> {
  const take = async (table: keyof typeof rangeKeys) => {
    const items = await itemsOf(csms.system, table, chargePointId);
    const TableName = tableName(csms.system.stack, table);
    const remove = (item: (typeof items)[number]) =>
      clientsOf(csms.system.account).dynamodb.send(
        new DeleteCommand({ TableName, Key: { chargePointId, [rangeKeys[table]]: item[rangeKeys[table]] } }),
      );
    await Promise.all(items.map(remove));
    return items;
  };
  const [inventory, jobs, reservations, components] = await Promise.all([
    take('InventoryTable'),
    take('JobsTable'),
    take('ReservationsTable'),
    take('ComponentsTable'),
  ]);
  return left({
    kinds: inventory.map(({ item }) => item.split('#')[0]),
    jobs: jobs.map(({ job }) => job),
    reservations: reservations.map(({ reservation }) => reservation),
    components,
  });
}

it(
  'a command that a strict client of others’ leaves unanswered is timed out, whichever it is',
  async () => {
    const all = await Promise.all(protocols.map(async (protocol) => ({ protocol, ...(await connected(protocol)) })));
    const waiting = all.map(({ protocol }) => Object.keys(commandTables[protocol]).sort());
    const told: unknown[][] = all.map(() => []);
    while (waiting.some((actions) => actions.length > 0)) {
      const asked = all.map(({ protocol, ask }, n) => {
        const action = waiting[n]?.shift();
        return action && ask(action, action, sample(schemasOf(protocol, action).request, false), () => {});
      });
      await Promise.all(asked.map((one) => one && one.arrived));
      await csms.advance(commandTimeout);
      for (const [n, one] of asked.entries()) {
        if (!one) continue;
        const { commandId, status } = await one.settled;
        told[n]?.push([commandId, status]);
      }
    }
    for (const [n, { protocol, identity, client, objections }] of all.entries()) {
      await client.close();
      const timedOut = Object.keys(commandTables[protocol])
        .sort()
        .map((action) => [action, 'timed-out']);
      expect(told[n]).toEqual(timedOut);
      expect((await commandsOf(identity)).map(({ action, status }) => [action, status])).toEqual(timedOut);
      expect(objections).toEqual([]);
    }
  },
  longest,
);

it.concurrent.each(protocols)(
  '%s: whatever a strict client of others’ answers to a command is what becomes of it, for every command',
  async (protocol) => {
    const { identity, client, objections, resultErrors, ask } = await connected(protocol);
    const told: unknown[] = [];
    const lefts: { action: string; name: string; left: string[] }[] = [];
    const expected: (Answered & { commandId: string; action: string })[] = [];
    for (const action of Object.keys(commandTables[protocol])) {
      for (const outcome of outcomesOf(protocol, action)) {
        const commandId = `m${String(expected.length).padStart(4, '0')}`;
        expected.push({ commandId, action, ...outcome });
        const [type, ...answer] = outcome.says;
        const { settled } = ask(commandId, action, outcome.request, (messageId) =>
          client.sendRaw(JSON.stringify([type, messageId, ...answer])),
        );
        const { id: _, time: __, chargePointId, ...event } = await settled;
        told.push(event);
        // What is told twice may leave it twice.
        if (!isAtLeastOnce()) lefts.push({ action, name: outcome.name, left: await takeLeft(identity) });
      }
    }
    const commands = await commandsOf(identity);
    const invalid = expected.filter(({ name }) => name === 'with what is not valid');
    const wrong = protocol === 'ocpp2.1' ? invalid.map(({ commandId }) => [commandId, 'FormatViolation']) : [];
    // That an answer is wrong is published after what became of its command.
    await eventually('the last CALLRESULTERROR', () => resultErrors.length >= wrong.length || undefined);
    await client.close();

    expect(told).toEqual(
      expected.map(({ commandId, action, says, status, code, reason }) => ({
        ...{ commandId, action, status },
        ...(says[0] === 3 && { response: says[1] }),
        ...(status === 'rejected' && { code: 'command-rejected' }),
        ...(code && { code, reason }),
      })),
    );
    expect(commands.map(({ commandId, action, status, outcome }) => ({ commandId, action, status, outcome }))).toEqual(
      expected.map(({ commandId, action, says: [type, said, description, details], status }) => ({
        ...{ commandId, action, status },
        outcome:
          type === 3 ? { type: 'CALLRESULT', payload: said } : { type: 'CALLERROR', code: said, description, details },
      })),
    );
    expect(resultErrors).toEqual(wrong);
    expect(lefts).toEqual(
      isAtLeastOnce()
        ? []
        : expected.map(({ action, ...outcome }) => ({ action, name: outcome.name, left: toBeLeft(action, outcome) })),
    );
    expect(objections).toEqual([]);
  },
  longest,
);
