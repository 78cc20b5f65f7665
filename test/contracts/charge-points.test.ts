import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admit, hashPassword } from '../../csms/charge-points/admission.js';
import type { ChargePoint, ChargePoints, KeptPassword as Kept } from '../../csms/charge-points/ports.js';
import { MemoryChargePoints } from '../memory/charge-points.js';
import { SettableClock } from '../memory/clock.js';
import { MemoryRegistry } from '../memory/things.js';
import { atOnce } from '../memory/turn.js';
import { item, startDynamoDb } from './dynamodb.js';

interface Subject {
  clock: SettableClock;
  chargePoints: ChargePoints;
  /** The same store, as another Lambda environment has it. */
  elsewhere: ChargePoints;
  /** Puts a charge point there as other parts of the system would. */
  put(chargePoint: ChargePoint): Promise<void>;
  /** What of a charge point no port reads yet: when it was seen (ISO 8601) and the firmware of its last boot. */
  peek(chargePointId: string): Promise<{ seenAt: string | undefined; firmwareVersion: string | undefined }>;
}

let ids = 0;
const nextId = () => `CP${++ids}`;
const at = (minutes: number) => new Date(Date.parse('2026-01-02T03:00:00.000Z') + minutes * 60_000);
const boot = (chargePointId: string, minutes: number, firmwareVersion = '1.0') => ({
  ...{ chargePointId, protocol: 'ocpp1.6' as const, at: at(minutes) },
  hardware: { vendor: 'Acme', model: 'One', firmwareVersion },
});

function contract(make: () => Promise<Subject>) {
  let subject: Subject;
  let chargePoints: ChargePoints;
  beforeAll(async () => {
    subject = await make();
    chargePoints = subject.chargePoints;
  });
  const mirror = (chargePointId: string, registered: boolean, time: number, namespace = '') =>
    chargePoints.mirror({ chargePointId, registered, namespace, at: time });

  describe('find', () => {
    it('knows nothing of whom it never heard', async () => {
      expect(await chargePoints.find(nextId())).toBeUndefined();
    });

    it('has a charge point that booted unregistered as unregistered', async () => {
      const id = nextId();
      await chargePoints.booted(boot(id, 0), 'Accepted');
      expect(await chargePoints.find(id)).toMatchObject({ chargePointId: id, registered: false, namespace: '' });
    });

    it('has the hardware of its last boot', async () => {
      const id = nextId();
      await subject.put({ chargePointId: id, registered: true, namespace: '' });
      expect(await chargePoints.find(id)).not.toHaveProperty('hardware');
      await chargePoints.booted(boot(id, 0, '2.0'), 'Accepted');
      expect(await chargePoints.find(id)).toMatchObject({ hardware: { model: 'One', firmwareVersion: '2.0' } });
    });

    it('has its password, registration status and validation', async () => {
      const id = nextId();
      const more = {
        ...{ registrationStatus: 'Pending' as const, validation: 'tolerant' as const },
        password: hashPassword('secret', 'salt'),
      };
      await subject.put({ chargePointId: id, registered: true, namespace: 'test', ...more });
      expect(await chargePoints.find(id)).toMatchObject({
        chargePointId: id,
        registered: true,
        namespace: 'test',
        ...more,
      });
    });
  });

  describe('mirror', () => {
    it('records what the registry tells', async () => {
      const id = nextId();
      expect(await mirror(id, true, 5, 'test')).toBe(true);
      expect(await chargePoints.find(id)).toMatchObject({ chargePointId: id, registered: true, namespace: 'test' });
    });

    it('keeps a tombstone of a deletion, so that an older creation does not undo it', async () => {
      const id = nextId();
      expect(await mirror(id, false, 6)).toBe(true);
      expect(await mirror(id, true, 5)).toBe(false);
      expect(await chargePoints.find(id)).toMatchObject({ registered: false });
    });

    it('takes a newer creation after a deletion', async () => {
      const id = nextId();
      await mirror(id, false, 6);
      expect(await mirror(id, true, 7)).toBe(true);
      expect(await chargePoints.find(id)).toMatchObject({ registered: true });
    });

    it('told again is the newest as before', async () => {
      const id = nextId();
      await mirror(id, false, 6);
      expect(await mirror(id, false, 6)).toBe(true);
    });

    it('of a look-up (time 0) fills what is unknown and overwrites nothing', async () => {
      const [fresh, known] = [nextId(), nextId()];
      expect(await mirror(fresh, true, 0)).toBe(true);
      await mirror(known, false, 6);
      expect(await mirror(known, true, 0)).toBe(false);
      expect(await mirror(fresh, false, 1)).toBe(true);
    });

    it('leaves everything else of the charge point', async () => {
      const id = nextId();
      await subject.put({
        chargePointId: id,
        registered: true,
        namespace: '',
        password: hashPassword('secret', 'salt'),
      });
      await chargePoints.booted(boot(id, 0), 'Accepted');
      await mirror(id, false, 6);
      expect(await chargePoints.find(id)).toMatchObject({
        registered: false,
        password: hashPassword('secret', 'salt'),
      });
      expect(await subject.peek(id)).toMatchObject({ firmwareVersion: '1.0' });
    });

    it('fills a miss at admission', async () => {
      const id = nextId();
      const registry = new MemoryRegistry(atOnce);
      registry.things.set(id, { namespace: '' });
      const stage = { namespace: '', allowSecurityProfile0: true };
      const handshake = { chargePointId: id, subprotocols: 'ocpp1.6', authorization: undefined };
      expect(await admit(handshake, { chargePoints, registry, stage })).toMatchObject({ outcome: 'admitted' });
      expect(await chargePoints.find(id)).toMatchObject({ registered: true });
    });
  });

  describe('booted', () => {
    it('hands out the registration status: the stage’s, or the charge point’s own', async () => {
      const id = nextId();
      expect((await chargePoints.booted(boot(id, 0), 'Pending')).status).toBe('Pending');
      await subject.put({ chargePointId: id, registered: true, namespace: '', registrationStatus: 'Rejected' });
      expect((await chargePoints.booted(boot(id, 1), 'Pending')).status).toBe('Rejected');
    });

    it('records the boot, and that the charge point was seen', async () => {
      const id = nextId();
      await chargePoints.booted({ ...boot(id, 0), reason: 'PowerUp' }, 'Accepted');
      expect(await subject.peek(id)).toEqual({ seenAt: at(0).toISOString(), firmwareVersion: '1.0' });
    });

    it('does not record one that is older, and still hands out the registration status', async () => {
      const id = nextId();
      await subject.put({ chargePointId: id, registered: true, namespace: '', registrationStatus: 'Pending' });
      await chargePoints.booted(boot(id, 5, '2.0'), 'Accepted');
      expect(await chargePoints.booted(boot(id, 4), 'Accepted')).toEqual({ status: 'Pending', isNew: false });
      expect(await subject.peek(id)).toEqual({ seenAt: at(5).toISOString(), firmwareVersion: '2.0' });
    });

    it('tells when the status is another than at the boot before, and tells it again', async () => {
      const id = nextId();
      expect((await chargePoints.booted(boot(id, 0), 'Pending')).isNew).toBe(false);
      expect((await chargePoints.booted(boot(id, 1), 'Pending')).isNew).toBe(false);
      expect((await chargePoints.booted(boot(id, 2), 'Accepted')).isNew).toBe(true);
      expect((await chargePoints.booted(boot(id, 2), 'Accepted')).isNew).toBe(true);
      expect((await chargePoints.booted(boot(id, 3), 'Accepted')).isNew).toBe(false);
    });
  });

  describe('registration', () => {
    it('of whom nobody ever heard is the stage’s', async () => {
      for (const status of ['Accepted', 'Pending', 'Rejected'] as const) {
        expect(await chargePoints.registration(nextId(), status)).toBe(status);
      }
    });

    it('before the first boot is what that will be answered', async () => {
      const id = nextId();
      await subject.put({ chargePointId: id, registered: true, namespace: '', registrationStatus: 'Rejected' });
      expect(await chargePoints.registration(id, 'Accepted')).toBe('Rejected');
    });

    it('is what the last boot was answered: a change is told at the next', async () => {
      const id = nextId();
      await chargePoints.booted(boot(id, 0), 'Accepted');
      await subject.put({ chargePointId: id, registered: true, namespace: '', registrationStatus: 'Rejected' });
      expect(await chargePoints.registration(id, 'Pending')).toBe('Accepted');
      await chargePoints.booted(boot(id, 1), 'Accepted');
      expect(await chargePoints.registration(id, 'Accepted')).toBe('Rejected');
    });

    it('that became Accepted is known everywhere at once', async () => {
      const id = nextId();
      await chargePoints.booted(boot(id, 0), 'Pending');
      expect(await subject.elsewhere.registration(id, 'Pending')).toBe('Pending');
      await chargePoints.booted(boot(id, 1), 'Accepted');
      expect(await subject.elsewhere.registration(id, 'Pending')).toBe('Accepted');
    });

    it('that is Accepted no more is known everywhere after 15 minutes', async () => {
      const id = nextId();
      await chargePoints.booted(boot(id, 0), 'Accepted');
      await subject.elsewhere.registration(id, 'Accepted');
      await chargePoints.booted(boot(id, 1), 'Rejected');
      expect(await chargePoints.registration(id, 'Accepted')).toBe('Rejected');
      subject.clock.advance(15 * 60_000);
      expect(await subject.elsewhere.registration(id, 'Accepted')).toBe('Rejected');
    });
  });

  describe('A01 a next password', () => {
    const [former, next, last] = ['former', 'next', 'last'].map((word) => hashPassword(word, 'salt')) as [
      Kept,
      Kept,
      Kept,
    ];
    const time = (minutes: number) => at(minutes).toISOString();
    const taken = async () => {
      const id = nextId();
      await subject.put({ chargePointId: id, registered: true, namespace: '', password: former });
      await chargePoints.tookPassword(id, next, time(1));
      return id;
    };

    it('is beside the one before', async () => {
      expect(await chargePoints.find(await taken())).toMatchObject({ password: former, nextPassword: next });
    });

    it('is that of the latest time, whichever is told last', async () => {
      const id = await taken();
      for (const minutes of [1, 0]) await chargePoints.tookPassword(id, last, time(minutes));
      expect((await chargePoints.find(id))?.nextPassword).toEqual(next);
      await chargePoints.tookPassword(id, last, time(2));
      expect(await chargePoints.find(id)).toMatchObject({ password: former, nextPassword: last });
    });

    it('is the only one once it was used, also when either is told again', async () => {
      const id = await taken();
      const read = { chargePointId: id, passwordAt: time(1) };
      for (let i = 0; i < 2; i++) await chargePoints.usedPassword(read);
      await chargePoints.tookPassword(id, next, time(1));
      expect(await chargePoints.find(id)).toMatchObject({ password: next });
      expect(await chargePoints.find(id)).not.toHaveProperty('nextPassword');
    });

    it('that was read before there was another is not taken for that', async () => {
      const id = await taken();
      await chargePoints.tookPassword(id, last, time(2));
      await chargePoints.usedPassword({ chargePointId: id, passwordAt: time(1) });
      expect(await chargePoints.find(id)).toMatchObject({ password: former, nextPassword: last });
    });

    it('of whom nobody has one is kept as well', async () => {
      const id = nextId();
      await chargePoints.tookPassword(id, next, time(1));
      await chargePoints.usedPassword({ chargePointId: id, passwordAt: time(1) });
      expect((await chargePoints.find(id))?.password).toEqual(next);
    });
  });

  describe('seen', () => {
    it('is recorded at most every 15 minutes', async () => {
      const id = nextId();
      for (const minutes of [0, 1, 14, 14.99]) await chargePoints.seen(id, at(minutes));
      expect((await subject.peek(id)).seenAt).toBe(at(0).toISOString());
      await chargePoints.seen(id, at(15));
      expect((await subject.peek(id)).seenAt).toBe(at(15).toISOString());
    });

    it('is recorded at most every 15 minutes, and within 30, whichever environment hears it', async () => {
      const id = nextId();
      await chargePoints.seen(id, at(0));
      await subject.elsewhere.seen(id, at(14));
      expect((await subject.peek(id)).seenAt).toBe(at(0).toISOString());
      await subject.elsewhere.seen(id, at(29));
      expect((await subject.peek(id)).seenAt).toBe(at(29).toISOString());
    });

    it('told late does not put the time back', async () => {
      const id = nextId();
      await chargePoints.seen(id, at(60));
      await subject.elsewhere.seen(id, at(0));
      expect((await subject.peek(id)).seenAt).toBe(at(60).toISOString());
    });
  });
}

describe('ChargePoints in memory', () =>
  contract(async () => {
    const chargePoints = new MemoryChargePoints(atOnce);
    return {
      ...{ chargePoints, elsewhere: chargePoints, clock: new SettableClock() },
      put: async (chargePoint) =>
        chargePoints.put({ ...(await chargePoints.find(chargePoint.chargePointId)), ...chargePoint }),
      peek: async (id) => {
        const stored = chargePoints.items.get(id);
        return { seenAt: stored?.seenAt?.toISOString(), firmwareVersion: stored?.boot?.hardware.firmwareVersion };
      },
    };
  }));

describe('ChargePoints in DynamoDB', () => {
  let stop: () => Promise<void>;
  beforeAll(async () => {
    stop = await startDynamoDb();
  });
  afterAll(() => stop());

  contract(async () => {
    const clock = new SettableClock();
    const TableName = 'ChargePointsTable';
    const { dynamoChargePoints } = await import('../../aws/charge-points.js');
    const { dynamodb } = await import('../../aws/dynamodb.js');
    const { PutCommand } = await import('@aws-sdk/lib-dynamodb');
    return {
      clock,
      ...{ chargePoints: dynamoChargePoints(TableName, clock), elsewhere: dynamoChargePoints(TableName, clock) },
      put: async (chargePoint) => {
        const stored = await item(TableName, { chargePointId: chargePoint.chargePointId });
        await dynamodb.send(new PutCommand({ TableName, Item: { ...stored, ...chargePoint } }));
      },
      peek: async (chargePointId) => {
        const stored = await item(TableName, { chargePointId });
        const hardware = stored?.hardware as { firmwareVersion?: string } | undefined;
        return { seenAt: stored?.seenAt as string | undefined, firmwareVersion: hardware?.firmwareVersion };
      },
    };
  });
});
