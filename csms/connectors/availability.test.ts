import { describe, expect, it } from 'vitest';
import { asConfirmed } from './availability.js';

const at = new Date('2026-01-01T00:00:00Z');
const connectors = (statuses: Record<string, string>) =>
  Object.entries(statuses).map(([place, status]) => {
    const [evseId = 0, connectorId = 0] = place.split('#').map(Number);
    return { chargePointId: 'CP1', evseId, connectorId, status, at, receivedAt: at };
  });
const scheduled = (operationalStatus: string) => ({ operationalStatus, status: 'Scheduled' });

describe('G03, G04/5.2 a change of availability that was Scheduled', () => {
  it.each([
    ['Inoperative', 'Unavailable', 'Accepted'],
    ['Inoperative', 'Available', 'Scheduled'],
    ['Inoperative', 'Charging', 'Scheduled'],
    ['Inoperative', 'Faulted', 'Scheduled'],
    ['Operative', 'Available', 'Accepted'],
    ['Operative', 'Occupied', 'Accepted'],
    ['Operative', 'Unavailable', 'Scheduled'],
    ['Operative', 'Faulted', 'Scheduled'],
  ])('to %s is, while its connector is %s, %s', (operationalStatus, status, expected) => {
    const asked = scheduled(operationalStatus);
    expect(asConfirmed('1#1', asked, connectors({ '1#1': status, '2#1': 'Reserved' }))).toEqual({
      ...{ operationalStatus, status: expected },
    });
  });

  it.each([
    ['a connector', '1#2', { '1#1': 'Occupied', '1#2': 'Unavailable', '2#2': 'Available' }, true],
    ['an EVSE', '1#0', { '1#1': 'Unavailable', '1#2': 'Unavailable', '2#1': 'Available' }, true],
    ['an EVSE with a connector that is in use', '1#0', { '1#1': 'Occupied', '1#2': 'Unavailable' }, false],
    ['the charge point', '0#0', { '1#1': 'Unavailable', '2#1': 'Unavailable' }, true],
    ['the charge point with a connector that is in use', '0#0', { '1#1': 'Unavailable', '2#1': 'Charging' }, false],
    [
      'a charge point that says of itself what it did before',
      '0#0',
      { '0#0': 'Available', '1#1': 'Unavailable' },
      true,
    ],
    ['a charge point of which no connector is known', '0#0', { '0#0': 'Unavailable' }, false],
    ['what is not known', '3#0', { '1#1': 'Unavailable' }, false],
  ])('of %s', (_, key, states, isSo) => {
    const { status } = asConfirmed(key, scheduled('Inoperative'), connectors(states));
    expect(status).toBe(isSo ? 'Accepted' : 'Scheduled');
  });

  it('and one that was Accepted at once is as it was told', () => {
    const asked = { operationalStatus: 'Inoperative', status: 'Accepted' };
    expect(asConfirmed('1#1', asked, connectors({ '1#1': 'Occupied' }))).toEqual(asked);
  });
});
