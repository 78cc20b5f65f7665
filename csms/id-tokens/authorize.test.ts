import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inMemory, type Memory, type Stage } from '../../test/memory/index.js';
import { answer } from '../answer.js';
import { type Protocol, protocols } from '../ocpp/protocol.js';
import type { IdToken } from './ports.js';

const v2x = ['ocpp2.0.1', 'ocpp2.1'] as const;
const types201 = ['Central', 'eMAID', 'ISO14443', 'ISO15693', 'KeyCode', 'Local', 'MacAddress'];
const types21 = [...types201, 'DirectPayment', 'EVCCID', 'VIN'];
const refusals = ['Blocked', 'Invalid', 'NoCredit', 'NotAllowedTypeEVSE', 'NotAtThisLocation', 'NotAtThisTime'];

function knowing(...tokens: (Partial<IdToken> & { idToken: string })[]): Memory {
  const memory = inMemory();
  for (const token of tokens) memory.idTokens.put(token);
  return memory;
}

/** A CALL of Authorize, and the whole frame that answers it. */
async function call(memory: Memory, protocol: Protocol, payload: object, receivedAt = memory.clock.now()) {
  const text = JSON.stringify([2, 'm1', 'Authorize', payload]);
  const reply = await answer(text, { ...memory, chargePointId: 'CP1', connectionId: 'c1', protocol, receivedAt });
  return JSON.parse(reply ?? 'null');
}

const payloadOf = (protocol: Protocol, idToken: string, type = 'ISO14443') =>
  protocol === 'ocpp1.6' ? { idTag: idToken } : { idToken: { idToken, type } };

/** What a charge point of any version hears of a token: `idTagInfo` or `idTokenInfo`. */
async function info(memory: Memory, protocol: Protocol, idToken: string, type?: string, receivedAt?: Date) {
  const [, , result] = await call(memory, protocol, payloadOf(protocol, idToken, type), receivedAt);
  return result.idTagInfo ?? result.idTokenInfo;
}

const later = (memory: Memory, seconds: number) => new Date(memory.clock.millis + seconds * 1_000);

describe('C01/4.1 Authorize', () => {
  it.each(protocols)('%s: a known token is Accepted', async (protocol) => {
    const reply = await call(knowing({ idToken: '04A2B3' }), protocol, payloadOf(protocol, '04A2B3'));
    const member = protocol === 'ocpp1.6' ? 'idTagInfo' : 'idTokenInfo';
    expect(reply).toEqual([3, 'm1', { [member]: { status: 'Accepted' } }]);
  });

  it.each(protocols)(
    '%s: stores nothing but that the charge point was heard, and tells nobody, however often it comes',
    async (protocol) => {
      const memory = knowing({ idToken: '04A2B3', cacheSeconds: 60 });
      const before = structuredClone(memory.idTokens.items);
      const receivedAt = memory.clock.now();
      const first = await info(memory, protocol, '04A2B3', 'ISO14443', receivedAt);
      memory.clock.advance(90_000);
      expect(await info(memory, protocol, '04A2B3', 'ISO14443', receivedAt)).toEqual(first);
      expect(memory.idTokens.items).toEqual(before);
      expect([memory.events.emitted, [...memory.chargePoints.items.keys()]]).toEqual([[], ['CP1']]);
    },
  );

  it.each(protocols)('%s: upper and lower case are the same token', async (protocol) => {
    const memory = knowing({ idToken: 'DE-ACME-1B' });
    for (const text of ['de-acme-1b', 'DE-ACME-1B', 'De-AcMe-1b']) {
      expect(await info(memory, protocol, text)).toEqual({ status: 'Accepted' });
    }
  });

  it.each(protocols)('%s: what is no printable ASCII is Invalid, unless everybody may charge', async (protocol) => {
    for (const [stage, status] of [
      [{}, 'Invalid'],
      [{ unknownTokens: 'Accepted' as const }, 'Accepted'],
    ] as const)
      for (const text of ['', 'é', '\n', '\ud800', '04\u0000'])
        expect(await info(inMemory({ stage }), protocol, text)).toEqual({ status });
  });

  it.each(protocols)('%s: never throws, and answers with a status, whatever the token', async (protocol) => {
    const token = fc.record(
      {
        status: fc.constantFrom(...(['Accepted', ...refusals] as IdToken['status'][])),
        type: fc.constantFrom(...types21),
        expiry: fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }),
        groupId: fc.string({ minLength: 1, maxLength: 20 }),
        language: fc.string({ minLength: 1, maxLength: 8 }),
        cacheSeconds: fc.integer({ min: 1, max: 31_536_000 }),
      },
      { requiredKeys: ['status'] },
    );
    const text = fc.string({ minLength: 0, maxLength: 20, unit: 'binary' });
    const type = fc.constantFrom(...types201, 'NoAuthorization');
    const unknownTokens = fc.constantFrom<Stage['unknownTokens']>('Accepted', 'Invalid');
    await fc.assert(
      fc.asyncProperty(text, type, token, unknownTokens, async (text, type, token, unknownTokens) => {
        const memory = inMemory({ stage: { unknownTokens } });
        memory.idTokens.put({ ...token, idToken: text.toUpperCase() });
        expect((await info(memory, protocol, text, type)).status).toEqual(expect.any(String));
      }),
    );
  });
});

describe('a token that nobody knows', () => {
  it('TC_023 in 1.6 is Invalid', async () => {
    expect(await info(inMemory(), 'ocpp1.6', 'NOBODY')).toEqual({ status: 'Invalid' });
  });

  it.each(v2x)('C01 in %s is Unknown', async (protocol) => {
    expect(await info(inMemory(), protocol, 'NOBODY')).toEqual({ status: 'Unknown' });
  });

  it.each(protocols)('%s: is Accepted where the stage says so', async (protocol) => {
    const memory = inMemory({ stage: { unknownTokens: 'Accepted' } });
    expect(await info(memory, protocol, 'NOBODY')).toEqual({ status: 'Accepted' });
    expect(memory.idTokens.items.size).toBe(0);
  });
});

describe('a token that may not charge', () => {
  it.each(protocols)('%s: TC_023, C01: Blocked', async (protocol) => {
    const memory = knowing({ idToken: 'B1', status: 'Blocked', cacheSeconds: 60 });
    expect(await info(memory, protocol, 'B1')).toEqual({ status: 'Blocked' });
  });

  it.each(protocols)('%s: is Blocked where the stage accepts what nobody knows', async (protocol) => {
    const memory = inMemory({ stage: { unknownTokens: 'Accepted' } });
    memory.idTokens.put({ idToken: 'B1', status: 'Blocked' });
    expect(await info(memory, protocol, 'b1')).toEqual({ status: 'Blocked' });
  });

  it.each(protocols)('%s: TC_023, C01: Expired from its expiry on', async (protocol) => {
    const memory = inMemory();
    const expiry = later(memory, 60);
    memory.idTokens.put({ idToken: 'E1', expiry });
    const before = await info(memory, protocol, 'E1', 'ISO14443', later(memory, 59.999));
    expect(before.status).toBe('Accepted');
    expect(await info(memory, protocol, 'E1', 'ISO14443', expiry)).toEqual({ status: 'Expired' });
  });

  it.each(protocols)('%s: is Blocked rather than Expired', async (protocol) => {
    const memory = knowing({ idToken: 'B1', status: 'Blocked', expiry: new Date(0) });
    expect(await info(memory, protocol, 'B1')).toEqual({ status: 'Blocked' });
  });

  it.each(refusals)('C01: 2.x says %s', async (status) => {
    const memory = knowing({ idToken: 'T1', status: status as IdToken['status'] });
    for (const protocol of v2x) expect(await info(memory, protocol, 'T1')).toEqual({ status });
  });

  it.each([
    ['Blocked', 'Blocked'],
    ['Invalid', 'Invalid'],
    ['NoCredit', 'Blocked'],
    ['NotAllowedTypeEVSE', 'Blocked'],
    ['NotAtThisLocation', 'Blocked'],
    ['NotAtThisTime', 'Blocked'],
  ] as const)('4.1: where 2.x says %s, 1.6 says %s', async (status, expected) => {
    expect(await info(knowing({ idToken: 'T1', status }), 'ocpp1.6', 'T1')).toEqual({ status: expected });
  });

  it.each(protocols)('%s: ConcurrentTx is never said of it: it starts nothing yet', async (protocol) => {
    const memory = knowing({ idToken: 'T1', oneTransaction: true });
    expect(await info(memory, protocol, 'T1')).toEqual({ status: 'Accepted' });
  });
});

describe('what is said with the status', () => {
  it('4.1: the group is the parentIdTag of 1.6', async () => {
    const memory = knowing({ idToken: 'T1', groupId: 'Family' });
    expect(await info(memory, 'ocpp1.6', 'T1')).toEqual({ status: 'Accepted', parentIdTag: 'Family' });
  });

  it.each(v2x)('C09 %s: the group is the groupIdToken, also of a token that is blocked', async (protocol) => {
    const groupIdToken = { idToken: 'Family', type: 'Central' };
    const memory = knowing(
      { idToken: 'T1', groupId: 'Family' },
      { idToken: 'T2', groupId: 'Family', status: 'Blocked' },
    );
    expect(await info(memory, protocol, 'T1')).toEqual({ status: 'Accepted', groupIdToken });
    expect(await info(memory, protocol, 'T2')).toEqual({ status: 'Blocked', groupIdToken });
  });

  it.each(v2x)('C01 %s: the language', async (protocol) => {
    const memory = knowing({ idToken: 'T1', language: 'de-AT' });
    expect(await info(memory, protocol, 'T1')).toEqual({ status: 'Accepted', language1: 'de-AT' });
  });

  it('4.1: 1.6 has no language', async () => {
    expect(await info(knowing({ idToken: 'T1', language: 'de' }), 'ocpp1.6', 'T1')).toEqual({ status: 'Accepted' });
  });

  it.each([
    ['ocpp1.6', 'expiryDate'],
    ['ocpp2.0.1', 'cacheExpiryDateTime'],
    ['ocpp2.1', 'cacheExpiryDateTime'],
  ] as const)('C10/TC_007 %s: until when the cache may keep it, at most until it expires', async (protocol, member) => {
    const memory = inMemory();
    const [minute, hour] = [later(memory, 60), later(memory, 3_600)];
    memory.idTokens.put({ idToken: 'CACHED', cacheSeconds: 60 });
    memory.idTokens.put({ idToken: 'EXPIRES', expiry: hour });
    memory.idTokens.put({ idToken: 'BOTH', cacheSeconds: 60, expiry: hour });
    memory.idTokens.put({ idToken: 'EXPIRES-FIRST', cacheSeconds: 7_200, expiry: hour });
    const until = async (idToken: string) => (await info(memory, protocol, idToken))[member];
    expect([await until('CACHED'), await until('BOTH')]).toEqual([minute.toISOString(), minute.toISOString()]);
    expect([await until('EXPIRES'), await until('EXPIRES-FIRST')]).toEqual([hour.toISOString(), hour.toISOString()]);
  });
});

describe('the token type of 2.x', () => {
  const all = [
    ...types201.map((type) => ['ocpp2.0.1', type] as const),
    ...types21.map((type) => ['ocpp2.1', type] as const),
  ];

  it.each(all)('%s: a token of type %s is known by its text and type', async (protocol, type) => {
    const other = type === 'Central' ? 'KeyCode' : 'Central';
    const memory = knowing({ idToken: 'T1', type }, { idToken: 'T2', type: other }, { idToken: 'T3' });
    expect(await info(memory, protocol, 't1', type)).toEqual({ status: 'Accepted' });
    expect(await info(memory, protocol, 't2', type)).toEqual({ status: 'Unknown' });
    expect(await info(memory, protocol, 't3', type)).toEqual({ status: 'Accepted' });
  });

  it('is none of 1.6: the card that 2.x reads as ISO14443 is the same card there', async () => {
    const memory = knowing({ idToken: '04A2B3', type: 'ISO14443' });
    expect(await info(memory, 'ocpp1.6', '04a2b3')).toEqual({ status: 'Accepted' });
  });

  it.each(v2x)('C02 %s: NoAuthorization needs none', async (protocol) => {
    expect(await info(inMemory(), protocol, '', 'NoAuthorization')).toEqual({ status: 'Accepted' });
  });

  it('of 2.1 is not one of 2.0.1', async () => {
    const [type, , code, , { path }] = await call(inMemory(), 'ocpp2.0.1', payloadOf('ocpp2.0.1', 'T1', 'VIN'));
    expect([type, code, path]).toEqual([4, 'PropertyConstraintViolation', '/idToken/type']);
  });
});

describe('C07 a contract certificate', () => {
  const hash = { hashAlgorithm: 'SHA256', issuerNameHash: 'a', issuerKeyHash: 'b', serialNumber: 'c' };
  const iso15118CertificateHashData = [{ ...hash, responderURL: 'http://ocsp.test' }];
  const token = payloadOf('ocpp2.1', 'DE8ACC12E456L7', 'eMAID');

  it.each(v2x)('%s: that nobody can verify lets nobody charge', async (protocol) => {
    const memory = knowing({ idToken: 'DE8ACC12E456L7', type: 'eMAID', cacheSeconds: 60 });
    for (const proof of [{ certificate: 'PEM' }, { iso15118CertificateHashData }]) {
      const [, , result] = await call(memory, protocol, { ...token, ...proof });
      expect(result).toEqual({ idTokenInfo: { status: 'Invalid' }, certificateStatus: 'CertChainError' });
    }
  });

  it.each(v2x)(
    'C07.FR.17 %s: is Invalid also of a contract that is blocked, or that nobody knows',
    async (protocol) => {
      for (const memory of [knowing({ idToken: 'DE8ACC12E456L7', status: 'Blocked' }), inMemory()]) {
        const [, , result] = await call(memory, protocol, { ...token, certificate: 'PEM' });
        expect(result).toEqual({ idTokenInfo: { status: 'Invalid' }, certificateStatus: 'CertChainError' });
      }
    },
  );

  it.each(v2x)('%s: a contract without one is a token as any other', async (protocol) => {
    const [, , result] = await call(knowing({ idToken: 'DE8ACC12E456L7' }), protocol, token);
    expect(result).toEqual({ idTokenInfo: { status: 'Accepted' } });
  });
});
