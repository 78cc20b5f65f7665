import { describe, expect, it } from 'vitest';
import { inMemory, type Memory } from '../../test/memory/index.js';
import { admit, hashPassword } from './admission.js';

const basic = (user: string, password: string | Buffer) =>
  `Basic ${Buffer.concat([Buffer.from(`${user}:`), Buffer.from(password)]).toString('base64')}`;

const handshake = (
  memory: Memory,
  {
    authorization,
    subprotocols = 'ocpp1.6',
    chargePointId = 'CP1',
  }: Partial<Record<'authorization' | 'subprotocols' | 'chargePointId', string>> = {},
) => admit({ chargePointId, subprotocols, authorization }, memory);

const open = (stage: Parameters<typeof inMemory>[0] = {}) =>
  inMemory({ stage: { allowSecurityProfile0: true, ...stage.stage } });
const admitted = { outcome: 'admitted', hasPassword: false, subprotocol: 'ocpp1.6', protocol: 'ocpp1.6' };

describe('OCPP-J 3.1.1: a charge point', () => {
  it('that is not registered is answered 404', async () => {
    const memory = open();
    expect(await handshake(memory)).toEqual({
      outcome: 'refused',
      status: 404,
      code: 'not-registered',
      why: 'CP1 is not registered as an IoT Thing',
    });
    expect(memory.chargePoints.items.size).toBe(0);
  });

  it('that is registered is admitted with the subprotocol it gets', async () => {
    const memory = open();
    memory.chargePoints.put({ chargePointId: 'CP1' });
    expect(await handshake(memory, { subprotocols: 'ocpp2.0, ocpp1.6' })).toEqual({
      ...{ outcome: 'admitted', hasPassword: false, subprotocol: 'ocpp2.0', protocol: 'ocpp2.0.1' },
    });
  });

  it('that the mirror does not know yet is asked of the registry, and mirrored', async () => {
    const memory = open();
    memory.registry.things.set('CP1', { namespace: '' });
    expect(await handshake(memory)).toEqual(admitted);
    expect(memory.chargePoints.items.get('CP1')).toMatchObject({ registered: true, namespace: '' });
  });

  it('found in the registry is overruled by whatever the registry tells later', async () => {
    const memory = open();
    memory.registry.things.set('CP1', { namespace: '' });
    await handshake(memory);
    expect(await memory.chargePoints.mirror({ chargePointId: 'CP1', registered: false, namespace: '', at: 1 })).toBe(
      true,
    );
  });

  it('that was deleted is refused', async () => {
    const memory = open();
    await memory.chargePoints.mirror({ chargePointId: 'CP1', registered: false, namespace: '', at: 5 });
    expect(await handshake(memory)).toMatchObject({ status: 404 });
  });

  it('that was deleted and created again is admitted before the mirror knows', async () => {
    const memory = open();
    await memory.chargePoints.mirror({ chargePointId: 'CP1', registered: false, namespace: '', at: 5 });
    memory.registry.things.set('CP1', { namespace: '' });
    expect(await handshake(memory)).toEqual(admitted);
    expect(memory.chargePoints.items.get('CP1')).toMatchObject({ registered: false });
  });

  it('that was deleted and created again keeps its password', async () => {
    const memory = open();
    memory.chargePoints.put({ chargePointId: 'CP1', registered: false, password: hashPassword('secret', 's') });
    memory.registry.things.set('CP1', { namespace: '' });
    expect(await handshake(memory)).toMatchObject({ status: 401 });
  });
});

describe('a charge point of another namespace', () => {
  it('is refused in the empty one', async () => {
    const memory = open();
    memory.chargePoints.put({ chargePointId: 'CP1', namespace: 'test' });
    expect(await handshake(memory)).toEqual({
      ...{ outcome: 'refused', status: 404, code: 'other-namespace' },
      why: 'CP1 is a charge point of namespace test: a thing name exists once per account and Region',
    });
  });

  it('is refused in another one, when it has none', async () => {
    const memory = open({ stage: { namespace: 'test' } });
    memory.registry.things.set('CP1', { namespace: '' });
    expect(await handshake(memory)).toMatchObject({
      ...{ outcome: 'refused', status: 404, why: expect.stringContaining('of the empty namespace') },
    });
  });

  it('is admitted in its own', async () => {
    const memory = open({ stage: { namespace: 'test' } });
    memory.chargePoints.put({ chargePointId: 'CP1', namespace: 'test' });
    expect(await handshake(memory)).toEqual(admitted);
  });
});

describe('security profiles 1 and 2: a password', () => {
  /** 1.6 is configured with hex digits. */
  const key = '4f43415f4f4354545f61646d696e5ffe';
  const withPassword = (password: string) => {
    const memory = open();
    memory.chargePoints.put({ chargePointId: 'CP1', password: hashPassword(password, 'salt') });
    return memory;
  };

  it.each([
    ['as it is', 'DEADBEEFDEADBEEF', 'DEADBEEFDEADBEEF'],
    ['of UTF-8', 'pässwörd-🔌-0123456', 'pässwörd-🔌-0123456'],
    ['with colons', 'a:b::c', 'a:b::c'],
    ['as the raw bytes that its hex digits stand for', key, Buffer.from(key, 'hex')],
    ['as hex digits', key, key],
    ['as hex digits in capitals', key, key.toUpperCase()],
  ])('sent %s fits', async (_how, password, sent) => {
    expect(await handshake(withPassword(password), { authorization: basic('CP1', sent) })).toEqual({
      ...admitted,
      hasPassword: true,
    });
  });

  it.each([
    ['none', undefined],
    ['another', basic('CP1', 'wrong')],
    ['an empty one', basic('CP1', '')],
    ['another user’s', basic('CP2', key)],
    ['no user', basic('', key)],
    ['no colon', `Basic ${Buffer.from('CP1').toString('base64')}`],
    ['no Basic', `Bearer ${key}`],
    ['no Base64', 'Basic !!!'],
    ['its hash', basic('CP1', hashPassword(key, 'salt').hash)],
  ])('%s is refused with 401', async (_what, authorization) => {
    const handshaken = await handshake(withPassword(key), authorization === undefined ? {} : { authorization });
    expect(handshaken).toEqual({
      ...{ outcome: 'refused', status: 401, code: 'wrong-password', why: 'user or password is wrong' },
    });
  });

  it('is asked for although the stage allows security profile 0', async () => {
    expect(await handshake(withPassword(key))).toMatchObject({ status: 401 });
  });
});

describe('security profile 0', () => {
  it('is admitted where the stage allows it', async () => {
    const memory = open();
    memory.chargePoints.put({ chargePointId: 'CP1' });
    expect(await handshake(memory)).toEqual(admitted);
  });

  it('is refused with 401 elsewhere', async () => {
    const memory = inMemory();
    memory.chargePoints.put({ chargePointId: 'CP1' });
    expect(await handshake(memory)).toEqual({
      ...{ outcome: 'refused', status: 401, code: 'no-password', why: 'CP1 has no password yet' },
    });
  });
});

describe('OCPP-J 3.2: no common subprotocol', () => {
  it('makes a stray of a registered charge point', async () => {
    const memory = open();
    memory.chargePoints.put({ chargePointId: 'CP1' });
    expect(await handshake(memory, { subprotocols: 'ocpp1.5' })).toEqual({ outcome: 'stray' });
    expect(await admit({ chargePointId: 'CP1', subprotocols: undefined, authorization: undefined }, memory)).toEqual({
      outcome: 'stray',
    });
  });

  it('is not told to whom nobody knows', async () => {
    expect(await handshake(open(), { subprotocols: 'ocpp1.5' })).toMatchObject({ status: 404 });
  });
});
