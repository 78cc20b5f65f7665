import { describe, expect, it } from 'vitest';
import { call } from '../../test/memory/call.js';
import { inMemory, type Memory } from '../../test/memory/index.js';

const v2x = ['ocpp2.0.1', 'ocpp2.1'] as const;
const received = '2026-01-02T03:04:05.000Z';
const at = '2026-01-02T03:00:00.000Z';

const connector = { name: 'Connector', evse: { id: 1, connectorId: 2 } };
const variable = (name: string, value: string, component: object = connector, more: object = {}) => ({
  component,
  variable: { name },
  variableAttribute: [{ value, ...more }],
});
const part = (reportData: object[], more: object = {}) => ({
  ...{ requestId: 7, seqNo: 0, generatedAt: at, reportData },
  ...more,
});
const notify = (memory: Memory, payload: object, receivedAt?: Date) =>
  call(memory, 'ocpp2.0.1', 'NotifyReport', payload, receivedAt);

/** The values of a component, by variable and attribute. */
function values(memory: Memory, path: string): Record<string, string | undefined> {
  const { variables = [] } = memory.components.items.get(`CP1/${path}`) ?? {};
  return Object.fromEntries(
    variables.flatMap(({ name, attributes }) => attributes.map(({ type, value }) => [`${name}.${type}`, value?.is])),
  );
}

describe('B07, B08 NotifyReport', () => {
  it.each(v2x)('%s: is answered with {}; all that it says of a variable is kept', async (protocol) => {
    const memory = inMemory();
    const traits = { mutability: 'ReadWrite', persistent: true, constant: false };
    const characteristics = {
      ...{ dataType: 'decimal', supportsMonitoring: true },
      ...{ unit: 'A', minLimit: 0, maxLimit: 32, valuesList: '6,16,32' },
      ...(protocol === 'ocpp2.1' && { maxElements: 3 }),
    };
    const data = {
      component: { ...connector, instance: 'left' },
      variable: { name: 'Current', instance: 'L1' },
      variableAttribute: [{ type: 'Target', value: '16', ...traits }, { value: '12.5' }],
      variableCharacteristics: characteristics,
    };
    expect(await call(memory, protocol, 'NotifyReport', part([data]))).toEqual([3, 'm1', {}]);
    const told = { at, receivedAt: received };
    expect([...memory.components.items]).toEqual([
      [
        'CP1/connector#left#1#2',
        {
          ...{ name: 'Connector', instance: 'left', evseId: 1, connectorId: 2 },
          variables: [
            {
              ...{ name: 'Current', instance: 'L1' },
              attributes: [
                { type: 'Actual', value: { is: '12.5', ...told }, traits: told },
                { type: 'Target', value: { is: '16', ...told }, traits: { ...traits, ...told } },
              ],
              characteristics: { ...characteristics, ...told },
            },
          ],
        },
      ],
    ]);
  });

  it.each(v2x)('%s: one that is the last completes the report, also without data', async (protocol) => {
    const memory = inMemory();
    expect(await call(memory, protocol, 'NotifyReport', { requestId: 7, seqNo: 0, generatedAt: at })).toEqual([
      3,
      'm1',
      {},
    ]);
    expect(memory.events.emitted).toMatchObject([
      { name: 'report-complete', kind: 'report', requestId: 7, parts: 1, startedAt: received, since: received },
    ]);
    expect(memory.jobs.items.get('CP1/report#7')?.statuses).toEqual([
      { status: 'Receiving', at: received },
      { status: 'Complete', at: received },
    ]);
  });

  it('parts may come in any order, and twice; the report is complete when none is missing', async () => {
    const memory = inMemory();
    const parts = ['A', 'B', 'C'].map((name, seqNo) => part([variable(name, name)], { seqNo, tbc: seqNo < 2 }));
    const order = [2, 0, 0, 2, 1];
    const complete: number[] = [];
    for (const i of order) {
      await notify(memory, parts[i] ?? {});
      complete.push(memory.events.named('report-complete').length);
    }
    expect(complete).toEqual([0, 0, 0, 0, 1]);
    expect(memory.events.emitted).toMatchObject([{ parts: 3 }]);
    expect(values(memory, 'connector##1#2')).toEqual({ 'A.Actual': 'A', 'B.Actual': 'B', 'C.Actual': 'C' });
  });

  it('told twice changes nothing, and that it is complete is told again', async () => {
    const memory = inMemory();
    const told = part([variable('A', '1'), variable('A', '2', { name: 'EVSE' })]);
    const receivedAt = memory.clock.now();
    await notify(memory, told, receivedAt);
    const once = structuredClone([memory.components.items, memory.jobs.items]);
    memory.clock.advance(90_000);
    await notify(memory, told, receivedAt);
    expect([memory.components.items, memory.jobs.items]).toEqual(once);
    expect([memory.events.emitted.length, memory.events.names()]).toEqual([2, ['report-complete']]);
  });

  it('writes nothing where nothing is new', async () => {
    const memory = inMemory();
    const told = part([variable('A', '1')]);
    await notify(memory, told);
    const [before] = memory.components.items.values();
    await notify(memory, told);
    expect([...memory.components.items.values()][0]).toBe(before);
  });

  it('is complete only when all it said is kept', async () => {
    const memory = inMemory();
    const { change } = memory.components;
    memory.components.change = () => Promise.reject(new Error('throttled'));
    const told = part([variable('A', '1')]);
    await expect(notify(memory, told)).rejects.toThrow('throttled');
    expect([memory.jobs.items.size, memory.events.emitted.length]).toEqual([0, 0]);
    memory.components.change = change;
    await notify(memory, told);
    expect([values(memory, 'connector##1#2'), memory.events.names()]).toEqual([
      { 'A.Actual': '1' },
      ['report-complete'],
    ]);
  });
});

describe('the device model', () => {
  it('has the newest of each value, in whatever order reports come', async () => {
    const memory = inMemory();
    const generatedAt = '2026-01-02T03:00:01.000Z';
    await notify(memory, part([variable('A', 'new'), variable('B', 'new')], { generatedAt }));
    await notify(memory, part([variable('A', 'old'), variable('C', 'old')], { requestId: 6 }));
    expect(values(memory, 'connector##1#2')).toEqual({ 'A.Actual': 'new', 'B.Actual': 'new', 'C.Actual': 'old' });
  });

  it('of two of the same time has the one that was received later', async () => {
    const memory = inMemory();
    const [first, second] = [memory.clock.now(), new Date(memory.clock.millis + 200)];
    await notify(memory, part([variable('A', 'later')]), second);
    await notify(memory, part([variable('A', 'sooner')]), first);
    expect(values(memory, 'connector##1#2')).toEqual({ 'A.Actual': 'later' });
  });

  it('takes a report from a clock that is years ahead as of its reception', async () => {
    const memory = inMemory();
    await notify(memory, part([variable('A', 'ahead')], { generatedAt: '2099-01-01T00:00:00Z' }));
    memory.clock.advance(1_000);
    await notify(
      memory,
      part([variable('A', 'right')], { requestId: 8, generatedAt: memory.clock.now().toISOString() }),
    );
    expect(values(memory, 'connector##1#2')).toEqual({ 'A.Actual': 'right' });
  });

  it('compares names case-insensitively, and spells them as they came first', async () => {
    const memory = inMemory();
    await notify(memory, part([variable('Available', 'true')]));
    const generatedAt = '2026-01-02T03:00:01.000Z';
    await notify(
      memory,
      part([variable('AVAILABLE', 'false', { ...connector, name: 'connector' })], { requestId: 8, generatedAt }),
    );
    expect(memory.components.items.size).toBe(1);
    expect(memory.components.items.get('CP1/connector##1#2')).toMatchObject({ name: 'Connector' });
    expect(values(memory, 'connector##1#2')).toEqual({ 'Available.Actual': 'false' });
  });

  it('keeps a value that a report does not tell, and its traits that an event does not', async () => {
    const memory = inMemory();
    await notify(memory, part([variable('Password', 'x')]));
    const hidden = {
      component: connector,
      variable: { name: 'Password' },
      variableAttribute: [{ mutability: 'WriteOnly' }],
    };
    await notify(memory, part([hidden], { requestId: 8, generatedAt: '2026-01-02T03:00:01Z' }));
    const [{ attributes = [] } = {}] = memory.components.items.get('CP1/connector##1#2')?.variables ?? [];
    expect(attributes).toMatchObject([{ type: 'Actual', value: { is: 'x' }, traits: { mutability: 'WriteOnly' } }]);
  });

  it.each([
    ['what belongs to the charge point', { name: 'OCPPCommCtrlr' }, 'ocppcommctrlr###'],
    ['an EVSE', { name: 'EVSE', evse: { id: 1 } }, 'evse##1#'],
    ['a connector', connector, 'connector##1#2'],
    ['the instance, however it is spelled', { name: 'A#b', instance: '50%#' }, 'a%23b#50%25%23##'],
    ['names that objects have', { name: '__proto__', instance: 'constructor' }, '__proto__#constructor##'],
  ])('knows a component by its path: %s', async (_what, component, path) => {
    const memory = inMemory();
    await notify(memory, part([variable('__proto__', '1', component)]));
    expect([...memory.components.items.keys()]).toEqual([`CP1/${path}`]);
    expect(memory.components.items.get(`CP1/${path}`)?.variables).toMatchObject([{ name: '__proto__' }]);
  });

  it.each([
    [32, 32],
    [-Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER],
    [Number.MAX_VALUE, undefined],
    [-(2 ** 63), undefined],
  ])('takes a limit of %d as %d: what no double holds exactly is none', async (limit, expected) => {
    const memory = inMemory();
    const limits = { minLimit: limit, maxLimit: limit };
    const variableCharacteristics = { dataType: 'integer', supportsMonitoring: false, ...limits };
    await notify(memory, part([{ ...variable('A', '1'), variableCharacteristics }]));
    const [{ characteristics } = {}] = memory.components.items.get('CP1/connector##1#2')?.variables ?? [];
    expect([characteristics?.minLimit, characteristics?.maxLimit]).toEqual([expected, expected]);
  });

  it('takes in a message full of variables of one component at once', async () => {
    const memory = inMemory();
    const names = Array.from({ length: 800 }, (_, i) => `V${i}`);
    await notify(memory, part(names.map((name) => variable(name, name))));
    expect(Object.keys(values(memory, 'connector##1#2')).sort()).toEqual(names.map((name) => `${name}.Actual`).sort());
  });
});
