import { describe, expect, it } from 'vitest';
import { itemsOf, tolerate } from './cloud.js';
import { dial } from './socket.js';
import { testSystem, yesterday } from './system.js';

const csms = testSystem();

async function connected() {
  const identity = await csms.thing();
  return { identity, socket: await dial(`${csms.url}${identity}`, { offered: ['ocpp1.6'] }) };
}

async function kept(chargePointId: string): Promise<Record<string, unknown>[]> {
  const entries = await itemsOf(csms.system, 'HistoryTable', chargePointId);
  return entries.filter(({ entry }) => entry.startsWith('frame#'));
}

describe('a sloppy charge point', () => {
  const sloppy = { connectorId: '1', errorCode: 'NoError', status: 'available', timestamp: `${yesterday} 10:00:00` };

  it('that is tolerated is understood, and the operator hears of it', async () => {
    const { identity, socket } = await connected();
    await tolerate(csms.system, identity);
    const told = Promise.all([csms.event(identity, 'protocol-deviation'), csms.event(identity, 'connector-status')]);
    expect(await socket.call('StatusNotification', sloppy)).toEqual({});
    const [deviation, status] = await told;
    expect(deviation).toMatchObject({ action: 'StatusNotification', deviations: { length: 3 } });
    expect(deviation).not.toHaveProperty('refused');
    expect(status).toMatchObject({ connectorId: 1, status: 'Available', since: `${yesterday}T10:00:00.000Z` });
  });

  it('that is taken strictly is refused, and the operator hears of it', async () => {
    const { identity, socket } = await connected();
    const told = csms.event(identity, 'protocol-deviation');
    socket.send(JSON.stringify([2, 'm1', 'StatusNotification', sloppy]));
    expect(await socket.frame()).toMatchObject([
      4,
      'm1',
      'TypeConstraintViolation',
      expect.any(String),
      { path: '/connectorId' },
    ]);
    expect(await told).toMatchObject({ refused: true });
  });
});

describe('a frame with money in it', () => {
  it.each([
    ['that can’t be understood', '[2,"m1","StopTransaction",{"transactionId":7}]', 'OccurenceConstraintViolation'],
    ['that is none', '[2,"m1","StopTransaction",{"transactionId":7,', 'FormationViolation'],
  ])('%s is kept for repair', async (_what, frame, code) => {
    const { identity, socket } = await connected();
    const told = csms.event(identity, 'frame-kept');
    socket.send(frame);
    expect((await socket.frame()).slice(0, 3)).toEqual([4, 'm1', code]);
    const { receivedAt, entryId } = await told;
    const [entry] = await kept(identity);
    expect(entry).toMatchObject({ entry: `frame#${receivedAt}#${entryId}`, detail: { frame, protocol: 'ocpp1.6' } });
  });
});
