import { describe, expect, it } from 'vitest';
import { connectedTo } from '../../test/memory/ask.js';
import { elapse } from '../../test/memory/elapse.js';
import { inMemory, type Memory } from '../../test/memory/index.js';
import type { Protocol } from '../ocpp/protocol.js';
import { admit, hashPassword } from './admission.js';

const [old, fresh, newest] = ['a'.repeat(40), 'b'.repeat(40), 'C0FFEE'.repeat(6)];
const component = { name: 'SecurityCtrlr' };
const variable = { name: 'BasicAuthPassword' };

/** How each version sets a password. */
const words: Record<
  Protocol,
  (value: string) => [action: string, payload: object, answer: (status: string) => object]
> = {
  'ocpp1.6': (value) => ['ChangeConfiguration', { key: 'AuthorizationKey', value }, (status) => ({ status })],
  'ocpp2.0.1': (value) => [
    'SetVariables',
    { setVariableData: [{ component, variable, attributeValue: value }] },
    (attributeStatus) => ({ setVariableResult: [{ component, variable, attributeStatus }] }),
  ],
  'ocpp2.1': (value) => words['ocpp2.0.1'](value),
};

/** CP1 with a password, connected; what it is told, and whether a password lets it in. */
async function withPassword(protocol: Protocol, memory: Memory = inMemory()) {
  const cp = await connectedTo(protocol, memory);
  memory.chargePoints.put({ chargePointId: 'CP1', password: hashPassword(old, 's') });
  const set = async (value: string, status: string) => {
    const [action, payload, answer] = words[protocol](value);
    memory.clock.advance(1_000);
    return cp.told(action, payload, answer(status));
  };
  const comesWith = async (password?: string | Buffer) => {
    const credentials = password && Buffer.concat([Buffer.from('CP1:'), Buffer.from(password)]);
    const authorization = credentials && `Basic ${credentials.toString('base64')}`;
    const { outcome } = await admit({ chargePointId: 'CP1', subprotocols: protocol, authorization }, memory);
    return outcome === 'admitted';
  };
  return { ...cp, set, comesWith };
}

describe.each(['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'] as const)(
  'A01 a password that is set by a command, %s',
  (protocol) => {
    it.each(['Accepted', 'RebootRequired'])(
      '%s: fits, and so does the former one until it was used',
      async (status) => {
        const { set, comesWith } = await withPassword(protocol);
        await set(fresh, status);
        expect(await comesWith(old)).toBe(true);
        expect(await comesWith(fresh)).toBe(true);
        expect(await comesWith(old)).toBe(false);
        expect(await comesWith(fresh)).toBe(true);
      },
    );

    it('Rejected: the former one alone fits', async () => {
      const { set, comesWith } = await withPassword(protocol);
      await set(fresh, 'Rejected');
      expect(await comesWith(fresh)).toBe(false);
      expect(await comesWith(old)).toBe(true);
    });

    it.each([
      ['the bytes that its hex digits stand for', Buffer.from(newest, 'hex')],
      ['its hex digits', newest],
      ['its hex digits in small letters', newest.toLowerCase()],
    ])('fits as %s', async (_how, sent) => {
      const { set, comesWith } = await withPassword(protocol);
      await set(newest, 'Accepted');
      expect(await comesWith(sent)).toBe(true);
    });

    it('that is no hex fits as it is, and in no other case', async () => {
      const { set, comesWith } = await withPassword(protocol);
      await set('Correct-Horse-Battery', 'Accepted');
      expect(await comesWith('correct-horse-battery')).toBe(false);
      expect(await comesWith('Correct-Horse-Battery')).toBe(true);
    });

    it('of two the one that was sent last holds, in whatever order their answers are told, and how often', async () => {
      const { ask, reply, comesWith, memory } = await withPassword(protocol);
      const ids: string[] = [];
      for (const value of [fresh, newest]) {
        const [action, payload] = words[protocol](value);
        ids.push(await ask(action, payload));
        await elapse(memory, 31_000);
      }
      const [first = '', second = ''] = ids;
      const accepted = words[protocol]('')[2]('Accepted');
      await reply(second, accepted);
      await reply(first, accepted);
      expect(await comesWith(fresh)).toBe(false);
      expect(await comesWith(newest)).toBe(true);
      await reply(second, accepted);
      await reply(first, accepted);
      expect(await comesWith(old)).toBe(false);
      expect(await comesWith(fresh)).toBe(false);
    });

    it('does not come back when its answer is told again after an operator gave another', async () => {
      const { ask, reply, comesWith, memory } = await withPassword(protocol);
      const [action, payload, answer] = words[protocol](fresh);
      const id = await ask(action, payload);
      await reply(id, answer('Accepted'), 1);
      memory.clock.advance(1_000);
      await memory.records.setPassword('CP1', hashPassword(newest.toLowerCase(), 's'), memory.clock.now());
      await reply(id, answer('Accepted'), 1);
      expect(await comesWith(fresh)).toBe(false);
      expect(await comesWith(old)).toBe(false);
      expect(await comesWith(newest)).toBe(true);
    });

    it('of a charge point without one: it goes on without, where that is allowed, until it comes with it', async () => {
      const memory = inMemory({ stage: { allowSecurityProfile0: true } });
      const { set, comesWith } = await withPassword(protocol, memory);
      await memory.records.setPassword('CP1', undefined, memory.clock.now());
      await set(fresh, 'RebootRequired');
      expect(await comesWith()).toBe(true);
      expect(await comesWith(fresh)).toBe(true);
      expect(await comesWith()).toBe(false);
    });

    it('with less than 16 characters is not sent: one round of SHA-256 would not protect it', async () => {
      const { set, comesWith, memory } = await withPassword(protocol);
      expect(await set('fifteen-letters', 'Accepted')).toBe('failed');
      expect(memory.commands.items.get('CP1/ask-1')?.code).toBe('payload-invalid');
      expect(await comesWith('fifteen-letters')).toBe(false);
    });

    it('is kept as a hash alone', async () => {
      const { set, memory } = await withPassword(protocol);
      await set(fresh, 'Accepted');
      expect(JSON.stringify([...memory.chargePoints.items])).not.toContain(fresh);
      expect(JSON.stringify(await memory.records.read('CP1'))).not.toContain('hash');
    });
  },
);

it('B05 what else is called so is no password for HTTP Basic', async () => {
  const { told, comesWith } = await withPassword('ocpp2.1');
  const of = { component: { name: 'NetworkConfiguration', instance: '1' }, variable };
  const setVariableData = [{ ...of, attributeValue: fresh }];
  await told('SetVariables', { setVariableData }, { setVariableResult: [{ ...of, attributeStatus: 'Accepted' }] });
  expect(await comesWith(fresh)).toBe(false);
});
