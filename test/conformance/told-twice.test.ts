import { describe, expect, it } from 'vitest';
import { answer } from '../../csms/answer.js';
import { commandTables } from '../../csms/ocpp/command-tables.js';
import { noEffect } from '../../csms/ocpp/effect.js';
import { protocols } from '../../csms/ocpp/protocol.js';
import { routes, sends } from '../../csms/ocpp/routes.js';
import type { Schema } from '../../schemas/generated/runtime.js';
import { sample } from '../../scripts/generate-ocpp/samples.mjs';
import { connectedTo } from '../memory/ask.js';
import { everythingIn } from '../memory/everything.js';
import { inMemory, type Memory } from '../memory/index.js';
import { outcomesOf } from '../system/command-outcomes.js';
import { messages } from './messages.js';

const all = protocols.flatMap((protocol) => Object.keys(routes[protocol]).map((action) => [protocol, action] as const));

/** What is kept, but for how often each event was told. */
const state = (memory: Memory) => [everythingIn(memory), new Set(memory.events.emitted.map(({ id }) => id))];

describe('whatever a charge point says with all members that its schema knows, and with the least', () => {
  it.each(all)('%s %s: told twice is answered the same, and leaves the same', async (protocol, action) => {
    const { schema } = messages[protocol][action]?.().request ?? expect.fail(action);
    for (const full of [true, false]) {
      const memory = inMemory();
      const context = { ...memory, chargePointId: 'CP1', connectionId: 'c1', protocol, receivedAt: memory.clock.now() };
      const type = sends[protocol]?.includes(action) ? 6 : 2;
      const text = JSON.stringify([type, 'm1', action, sample(schema, full)]);
      const first = await answer(text, context);
      const left = state(memory);
      const toldOnce = memory.events.emitted.length;
      expect(await answer(text, context)).toBe(first);
      expect(state(memory)).toEqual(left);
      expect(memory.events.emitted).toHaveLength(2 * toldOnce);
    }
  });
});

const asked = protocols.flatMap((protocol) =>
  Object.entries(commandTables[protocol])
    .filter(([, effect]) => effect !== noEffect)
    .map(([action]) => [protocol, action] as const),
);

describe('whatever a charge point answers that has what commands set', () => {
  it.each(asked)('%s %s: told twice leaves the same', async (protocol, action) => {
    const { memory, ask, reply, told } = await connectedTo(protocol);
    const setters = Object.keys(commandTables[protocol]).filter((name) => name.startsWith('Set'));
    for (const { request, says, status } of outcomesOf(protocol, action)) {
      if (status === 'failed') continue;
      for (const setter of setters) {
        const [set] = outcomesOf(protocol, setter);
        await told(setter, set?.request ?? {}, set?.says[1] as object, 1);
      }
      const id = await ask(action, request);
      await reply(id, says[1] as object, 1);
      const left = state(memory);
      await reply(id, says[1] as object, 1);
      expect(state(memory)).toEqual(left);
    }
  });
});

/** Has the schema a time in it, which says what is the newest? */
const isTimed = ({ format, properties = {}, items }: Schema): boolean =>
  format === 'date-time' || [...Object.values(properties), ...(items ? [items] : [])].some(isTimed);
const timed = all.filter(([protocol, action]) => isTimed(messages[protocol][action]?.().request.schema ?? {}));

/** As it was told at an hour. A start is of another connector then, and what has a request answers another one. */
function at(hour: number, action: string, payload: unknown): string {
  const number = action === 'StartTransaction' ? 'connectorId' : 'requestId';
  return JSON.stringify(payload)
    .replace(/"\d{4}-\d\d-\d\dT[^"]*"/g, `"2026-01-02T0${hour}:00:00Z"`)
    .replace(new RegExp(`"${number}":\\d+`), `"${number}":${hour}`);
}

describe('whatever a charge point says with a time', () => {
  it.each(timed)('%s %s: leaves the same in whatever order it comes', async (protocol, action) => {
    const { schema } = messages[protocol][action]?.().request ?? expect.fail(action);
    const type = sends[protocol]?.includes(action) ? 6 : 2;
    const told = [true, false, true].map((full, i) => ({
      text: `[${type},"m${i}","${action}",${at(i + 3, action, sample(schema, full))}]`,
      receivedAt: new Date(`2026-01-02T0${i + 3}:00:01Z`),
    }));
    const left = async (order: number[]) => {
      const memory = inMemory();
      memory.clock.millis = Date.parse('2026-01-02T06:00:00Z');
      for (const i of order) {
        const { text, receivedAt } = told[i] ?? expect.fail();
        await answer(text, { ...memory, chargePointId: 'CP1', connectionId: 'c1', protocol, receivedAt });
      }
      return everythingIn(memory);
    };
    const inOrder = await left([0, 1, 2]);
    for (const order of [
      [2, 1, 0],
      [1, 0, 2],
      [2, 0, 1, 0, 2],
    ])
      expect(await left(order)).toEqual(inOrder);
  });
});
