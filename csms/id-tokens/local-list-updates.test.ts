import { expect, it } from 'vitest';
import { inMemory } from '../../test/memory/index.js';
import { validateCommand } from '../ocpp/validate.js';
import { localListUpdates, payloadOfUpdate } from './local-list-updates.js';
import type { IdToken } from './ports.js';

const at = new Date('2026-01-02T03:04:05Z');
const tokens = ['A', 'B', 'C'].map((idToken): IdToken => ({ idToken, status: 'Accepted', oneTransaction: false }));
const removed = undefined;

/** What a charge point tells of itself, and the updates that it gets. */
async function updates(protocol: 'ocpp1.6' | 'ocpp2.1', component: string, told: Record<string, string>) {
  const memory = inMemory();
  const time = { at: at.toISOString(), receivedAt: at.toISOString() };
  const variables = Object.entries(told).map(([name, is]) => ({
    name,
    attributes: [{ type: 'Actual', value: { is, ...time } }],
  }));
  await memory.components.change('CP1', { name: component }, () => ({ name: component, variables }));
  return localListUpdates({ chargePointId: 'CP1', protocol, tokens, removed }, memory, at);
}

it.each([
  ['ocpp1.6', 'Configuration', { SendLocalListMaxLength: '2' }, [2, 1]],
  ['ocpp1.6', 'Configuration', { sendlocallistmaxlength: '3' }, [3]],
  ['ocpp1.6', 'Configuration', { SendLocalListMaxLength: 'many' }, [3]],
  ['ocpp1.6', 'Configuration', {}, [3]],
  ['ocpp2.1', 'LocalAuthListCtrlr', { ItemsPerMessage: '1' }, [1, 1, 1]],
  ['ocpp2.1', 'LocalAuthListCtrlr', { BytesPerMessage: '250' }, [2, 1]],
] as const)('D01/5.15 %s, %s %j: messages of %j tokens', async (protocol, component, told, sizes) => {
  const found = await updates(protocol, component, told);
  expect(found.map(({ entries }) => entries.length)).toEqual(sizes);
  for (const update of found) {
    const payload = payloadOfUpdate({ ...update, version: 1 }, protocol);
    await expect(validateCommand(protocol, 'SendLocalList', payload)).resolves.toEqual(payload);
  }
});

it.each([
  ['ocpp1.6', 20],
  ['ocpp2.0.1', 36],
  ['ocpp2.1', 255],
] as const)(
  '%s: a token of more than %i characters is in no list, which is valid for all others',
  async (protocol, most) => {
    const named = (length: number): IdToken => ({
      idToken: 'x'.repeat(length),
      status: 'Accepted',
      oneTransaction: false,
    });
    const wanted = { chargePointId: 'CP1', protocol, tokens: [named(most), named(most + 1)], removed };
    const [update = expect.fail(), ...others] = await localListUpdates(wanted, inMemory(), at);
    expect([update.entries.map(({ idToken }) => idToken.length), others]).toEqual([[most], []]);
    const payload = payloadOfUpdate({ ...update, version: 1 }, protocol);
    await expect(validateCommand(protocol, 'SendLocalList', payload)).resolves.toEqual(payload);
  },
);

it('a token that is in the list no more may have been too long for it', async () => {
  const removed = ['x'.repeat(21), 'D'];
  const wanted = { chargePointId: 'CP1', protocol: 'ocpp1.6' as const, tokens, removed };
  const [update] = await localListUpdates(wanted, inMemory(), at);
  expect(update?.removed?.map(({ idToken }) => idToken)).toEqual(['D']);
});

it.each([
  ['ocpp1.6', ['']],
  ['ocpp2.0.1', ['Central', 'eMAID', 'ISO14443', 'ISO15693', 'KeyCode', 'Local', 'MacAddress']],
  ['ocpp2.1', ['Central', 'eMAID', 'ISO14443', 'ISO15693', 'KeyCode', 'Local', 'MacAddress', 'EVCCID', 'VIN']],
] as const)('%s: a token that nobody knows any more goes, of whichever type it was', async (protocol, types) => {
  const wanted = { chargePointId: 'CP1', protocol, tokens: [], removed: ['D'] };
  const [update = expect.fail()] = await localListUpdates(wanted, inMemory(), at);
  expect(update.removed?.map(({ type }) => type)).toEqual(types);
  const payload = payloadOfUpdate({ ...update, version: 1 }, protocol);
  await expect(validateCommand(protocol, 'SendLocalList', payload)).resolves.toEqual(payload);
});

it.each([
  ['ocpp1.6', ['A', 'B']],
  ['ocpp2.0.1', ['B']],
  ['ocpp2.1', ['A', 'B']],
] as const)('%s: a token of a type of 2.1 only is for those that know it', async (protocol, listed) => {
  const tokens = [
    { idToken: 'A', type: 'VIN', status: 'Accepted', oneTransaction: false },
    { idToken: 'B', type: 'Central', status: 'Accepted', oneTransaction: false },
  ] as const;
  const wanted = { chargePointId: 'CP1', protocol, tokens: [...tokens], removed };
  const [update = expect.fail()] = await localListUpdates(wanted, inMemory(), at);
  expect(update.entries.map(({ idToken }) => idToken)).toEqual(listed);
  const payload = payloadOfUpdate({ ...update, version: 1 }, protocol);
  await expect(validateCommand(protocol, 'SendLocalList', payload)).resolves.toEqual(payload);
});

it('D01 a token that no message has room for is an error that names it', async () => {
  await expect(updates('ocpp2.1', 'LocalAuthListCtrlr', { BytesPerMessage: '20' })).rejects.toThrow('the token A');
});
