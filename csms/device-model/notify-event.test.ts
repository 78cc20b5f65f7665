import { describe, expect, it } from 'vitest';
import { call } from '../../test/memory/call.js';
import { inMemory, type Memory } from '../../test/memory/index.js';

const v2x = ['ocpp2.0.1', 'ocpp2.1'] as const;
const at = '2026-01-02T03:00:00.000Z';

const told = (eventId: number, actualValue: string, timestamp = at) => ({
  ...{ eventId, actualValue, timestamp },
  ...{ trigger: 'Delta', eventNotificationType: 'CustomMonitor' },
  component: { name: 'Connector', evse: { id: 1, connectorId: 2 } },
  variable: { name: 'Temperature', instance: 'Inlet' },
});
const message = (...eventData: object[]) => ({ generatedAt: at, seqNo: 0, eventData });
const notify = (memory: Memory, payload: object, receivedAt?: Date) =>
  call(memory, 'ocpp2.0.1', 'NotifyEvent', payload, receivedAt);
const actual = (memory: Memory) =>
  memory.components.items.get('CP1/connector##1#2')?.variables[0]?.attributes[0]?.value?.is;

describe('N07, N08 NotifyEvent', () => {
  it.each(v2x)('%s: is answered with {}; each event is kept and told', async (protocol) => {
    const memory = inMemory();
    const more = {
      ...{ cause: 3, cleared: true, techCode: 'E7', techInfo: 'hot', transactionId: 'T1', variableMonitoringId: 9 },
      ...(protocol === 'ocpp2.1' && { severity: 2 }),
    };
    const payload = message({ ...told(4, '80'), ...more }, told(5, '81'));
    expect(await call(memory, protocol, 'NotifyEvent', payload)).toEqual([3, 'm1', {}]);
    const { timestamp: _, component: __, ...said } = told(4, '80');
    const detail = { ...said, component: { name: 'Connector', evseId: 1, connectorId: 2 } };
    const second = { ...detail, eventId: 5, actualValue: '81' };
    expect([...memory.history.entries.values()]).toEqual([
      { chargePointId: 'CP1', kind: 'monitor-event', at: new Date(at), id: '4', detail: { ...detail, ...more } },
      { chargePointId: 'CP1', kind: 'monitor-event', at: new Date(at), id: '5', detail: second },
    ]);
    expect(memory.events.emitted).toMatchObject([
      { name: 'monitor-event', chargePointId: 'CP1', at, ...detail, ...more },
      { name: 'monitor-event', at, ...second },
    ]);
  });

  it('leaves the value in the device model, the last of one second', async () => {
    const memory = inMemory();
    await notify(memory, message(told(4, '80'), told(5, '81'), told(6, '79', '2026-01-02T02:59:00Z')));
    expect(memory.components.items.get('CP1/connector##1#2')).toMatchObject({
      ...{ name: 'Connector', evseId: 1, connectorId: 2 },
      variables: [
        { name: 'Temperature', instance: 'Inlet', attributes: [{ type: 'Actual', value: { is: '81', at } }] },
      ],
    });
  });

  it('told twice changes nothing, and is told again', async () => {
    const memory = inMemory();
    const payload = message(told(4, '80'), told(5, '81'));
    const receivedAt = memory.clock.now();
    await notify(memory, payload, receivedAt);
    const once = structuredClone([memory.components.items, memory.history.entries]);
    memory.clock.advance(90_000);
    await notify(memory, payload, receivedAt);
    expect([memory.components.items, memory.history.entries]).toEqual(once);
    expect([memory.events.emitted.length, memory.events.names().length]).toEqual([4, 2]);
  });

  it('told late is kept and told, but the newer value stays', async () => {
    const memory = inMemory();
    await notify(memory, message(told(5, '81', '2026-01-02T03:00:01Z')));
    await notify(memory, message(told(4, '80')));
    expect([memory.history.entries.size, memory.events.names().length, actual(memory)]).toEqual([2, 2, '81']);
  });

  it('from a clock that is years ahead hides no later value', async () => {
    const memory = inMemory();
    await notify(memory, message(told(4, '80', '2099-01-01T00:00:00Z')));
    memory.clock.advance(1_000);
    await notify(memory, message(told(5, '81', memory.clock.now().toISOString())));
    expect(actual(memory)).toBe('81');
  });

  it('that could not be told is told again', async () => {
    const memory = inMemory();
    const { emit } = memory.events;
    memory.events.emit = () => Promise.reject(new Error('throttled'));
    await expect(notify(memory, message(told(4, '80')))).rejects.toThrow('throttled');
    memory.events.emit = emit;
    await notify(memory, message(told(4, '80')));
    expect(memory.events.names()).toEqual(['monitor-event']);
  });

  it('does not overwrite what a report says of the variable', async () => {
    const memory = inMemory();
    await notify(memory, message(told(4, '80', '2026-01-02T03:00:01Z')));
    const { component, variable } = told(4, '80');
    const variableAttribute = [{ value: '20', mutability: 'ReadOnly' }];
    const reportData = [{ component, variable, variableAttribute }];
    await call(memory, 'ocpp2.0.1', 'NotifyReport', { requestId: 7, seqNo: 0, generatedAt: at, reportData });
    expect(memory.components.items.get('CP1/connector##1#2')?.variables).toMatchObject([
      { attributes: [{ type: 'Actual', value: { is: '80' }, traits: { mutability: 'ReadOnly' } }] },
    ]);
  });
});
