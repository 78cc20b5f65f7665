import { describe, expect, it } from 'vitest';
import { connectedTo } from '../../test/memory/ask.js';
import { chargePoint } from '../../test/memory/charge-point.js';
import { elapse } from '../../test/memory/elapse.js';
import { inMemory, type Memory } from '../../test/memory/index.js';
import { enqueue } from '../commands/enqueue.js';
import { sweepCommands } from '../commands/overdue.js';
import type { Protocol } from '../ocpp/protocol.js';
import { desire } from './desire.js';

const second = 1_000;
const hour = 3_600 * second;

/** Does what the rules do: a difference is told, and CALLs that were published join the queue. */
async function told(memory: Memory, times = 1): Promise<void> {
  const difference = await memory.desired.difference('CP1');
  for (let i = 0; i < times && difference; i++) await desire(difference, memory);
  for (const { chargePointId, frame } of memory.calls.asked.splice(0)) {
    const [, messageId, action, payload] = JSON.parse(frame);
    await enqueue({ chargePointId, messageId, action, payload: JSON.stringify(payload) }, memory);
  }
}

/** CP1, connected and booted; what it was sent, and what it says. */
async function booted(protocol: Protocol = 'ocpp1.6', memory = inMemory()) {
  const cp = await connectedTo(protocol, memory);
  const boot = async () => {
    const now = new Date(memory.clock.millis);
    await memory.chargePoints.booted(
      { chargePointId: 'CP1', protocol, hardware: { vendor: 'Acme', model: 'Wallbox' }, at: now },
      'Accepted',
    );
    await memory.shadows.report('CP1', { model: 'Wallbox' });
  };
  await boot();
  const calls = () =>
    memory.sockets.frames('c1').map((text) => JSON.parse(text) as [number, string, string, Record<string, unknown>]);
  return {
    ...cp,
    boot,
    calls,
    /** What it was sent: keys and values of 1.6. */
    sets: () => calls().map(([, , , { key, value }]) => `${key}=${value}`),
    async desire(configuration: Record<string, unknown>) {
      memory.shadows.desire('CP1', configuration);
      await told(memory);
    },
    /** Answers the last CALL, and hears what follows from it. */
    async answer(response: object, seconds = 2) {
      const [, messageId = ''] = calls().at(-1) ?? [];
      await cp.reply(messageId, response, seconds);
      memory.clock.advance(2 * second);
      await told(memory);
    },
    refused: () => memory.events.named('configuration-refused').map(({ key, reason }) => `${key}: ${reason}`),
    reported: () => (memory.shadows.reported.get('CP1') as { configuration?: object }).configuration,
    differs: async () => (await memory.desired.difference('CP1'))?.configuration,
  };
}

const accepted = { status: 'Accepted' };

describe('a configuration that a shadow desires, in 1.6', () => {
  it('becomes one ChangeConfiguration after the other, and is reported', async () => {
    const { desire, sets, answer, reported, differs } = await booted();
    await desire({ HeartbeatInterval: '300', ClockAlignedDataInterval: '900' });
    expect(sets()).toEqual(['ClockAlignedDataInterval=900']);
    await answer(accepted);
    expect(sets()).toEqual(['ClockAlignedDataInterval=900', 'HeartbeatInterval=300']);
    await answer({ status: 'RebootRequired' });
    expect(reported()).toEqual({ ClockAlignedDataInterval: '900', HeartbeatInterval: '300' });
    expect([await differs(), sets().length]).toEqual([undefined, 2]);
  });

  it('is asked for once, however often that is told', async () => {
    const { memory, sets, answer } = await booted();
    memory.shadows.desire('CP1', { A: '1' });
    await told(memory, 3);
    await answer({ status: 'Rejected' });
    await told(memory, 3);
    expect(sets()).toEqual(['A=1']);
    expect(memory.commands.items.size).toBe(1);
  });

  it('is asked for once when several are told at once, and when whoever heard it first was interrupted', async () => {
    const { memory, sets } = await booted();
    memory.shadows.desire('CP1', { A: '1' });
    const difference = await memory.desired.difference('CP1');
    if (!difference) throw new Error('Nothing differs.');
    const { add } = memory.commands;
    memory.commands.add = () => Promise.reject(new Error('throttled'));
    await expect(desire(difference, memory)).rejects.toThrow('throttled');
    memory.commands.add = add;
    await Promise.all([desire(difference, memory), desire(difference, memory)]);
    await told(memory);
    expect(sets()).toEqual(['A=1']);
    expect(memory.commands.items.size).toBe(1);
  });

  it('makes no second command of what is on its way while others are told', async () => {
    const { memory, desire, sets } = await booted();
    await desire({ A: '1' });
    await desire({ A: '1', B: '2' });
    await memory.shadows.report('CP1', { model: 'Other' });
    await told(memory);
    expect(sets()).toEqual(['A=1']);
    expect(memory.commands.items.size).toBe(2);
  });

  it('leaves what an older version desired when it is told late', async () => {
    const { memory, desire: now, sets, answer } = await booted();
    memory.shadows.desire('CP1', { A: '1' });
    const late = await memory.desired.difference('CP1');
    await now({ A: '2' });
    if (late) await desire(late, memory);
    await told(memory);
    await answer(accepted);
    expect(sets()).toEqual(['A=2']);
  });

  it('stays as a difference while the charge point refuses, with the reason, and is tried again after a boot', async () => {
    const { memory, desire, boot, sets, answer, differs, refused, reported } = await booted();
    await desire({ A: '1', B: '2' });
    await answer({ status: 'NotSupported' });
    await answer(accepted);
    expect([await differs(), reported()]).toEqual([{ A: '1' }, { B: '2' }]);
    expect(refused()).toEqual(['A: NotSupported']);
    expect(sets()).toEqual(['A=1', 'B=2']);
    await boot();
    await told(memory);
    expect(sets()).toEqual(['A=1', 'B=2', 'A=1']);
    await answer(accepted);
    expect(await differs()).toBeUndefined();
  });

  it('tells that nobody answered, and what its schema does not allow', async () => {
    const { memory, desire, calls, refused } = await booted();
    await desire({ A: '1', B: '2', ['C'.repeat(51)]: '3' });
    await elapse(memory, 30 * second);
    await elapse(memory, 30 * second);
    expect(calls().map(([, , , { key }]) => key)).toEqual(['A', 'B']);
    expect(refused()).toEqual([
      'A: It was not answered.',
      `${'C'.repeat(51)}: key must NOT have more than 50 characters`,
      'B: It was not answered.',
    ]);
  });

  it('is put right when somebody sets another value', async () => {
    const { memory, desire, told: asked, sets, answer, differs } = await booted();
    await desire({ A: '1' });
    await answer(accepted);
    await asked('ChangeConfiguration', { key: 'A', value: '5' }, accepted);
    memory.clock.advance(2 * second);
    await told(memory);
    expect(sets()).toEqual(['A=1', 'A=5', 'A=1']);
    await answer(accepted);
    expect(await differs()).toBeUndefined();
  });

  it.each([
    ['a number', { A: 1 }, 'A: Its value is to be a text'],
    ['a secret', { AuthorizationKey: '00' }, 'AuthorizationKey: A secret has no place in a shadow'],
  ])('is refused at once when a value is %s', async (_what, configuration, why) => {
    const { desire, sets, refused } = await booted();
    await desire(configuration);
    expect(refused()).toEqual([expect.stringContaining(why)]);
    expect(sets()).toEqual([]);
  });

  it('reports no secret that somebody sets by a command', async () => {
    const { told, reported } = await booted();
    await told('ChangeConfiguration', { key: 'AuthorizationKey', value: '00'.repeat(16) }, accepted);
    expect(reported()).toBeUndefined();
  });

  it('tells when AWS refuses the shadow', async () => {
    const { memory, desire, answer } = await booted();
    await desire({ A: 'x'.repeat(400) });
    memory.shadows.report = async () => {
      const { ShadowRefused } = await import('../charge-points/ports.js');
      throw new ShadowRefused('8 KB');
    };
    await answer(accepted);
    expect(memory.events.named('shadow-refused')).toMatchObject([{ reason: '8 KB' }]);
    expect(memory.events.named('command-settled')).toMatchObject([{ status: 'accepted', desired: true }]);
  });

  it('is nothing for a charge point that is none of ours', async () => {
    const memory = inMemory({ stage: { namespace: 'north' } });
    memory.chargePoints.put({ chargePointId: 'CP1', namespace: 'south' });
    memory.shadows.desire('CP1', { A: 1, B: '2' });
    await told(memory);
    expect([memory.commands.items.size, memory.events.emitted.length]).toEqual([0, 0]);
  });
});

describe('while a charge point is away', () => {
  function away() {
    const memory = inMemory();
    memory.chargePoints.put({ chargePointId: 'CP1' });
    const expired = () =>
      new Set(memory.events.named('command-settled').map(({ commandId, status }) => `${commandId} ${status}`)).size;
    return {
      memory,
      expired,
      async desire(configuration: Record<string, unknown>) {
        memory.shadows.desire('CP1', configuration);
        await told(memory);
      },
      async returns() {
        await chargePoint(memory, 'CP1', 'ocpp1.6').connect('c1');
        await elapse(memory, second);
        return memory.sockets.frames('c1').map((text) => JSON.parse(text)[3]);
      },
    };
  }

  it('a value waits, and is sent when it connects', async () => {
    const { desire, returns } = away();
    await desire({ A: '1' });
    expect(await returns()).toEqual([{ key: 'A', value: '1' }]);
  });

  it('a value is asked for again each time its command expires, as long as it is desired', async () => {
    const { memory, desire, returns, expired } = away();
    await desire({ A: '1' });
    for (let day = 1; day <= 3; day++) {
      memory.clock.advance(24 * hour);
      // That it expired is told, and heard, before it is noted.
      const { change } = memory.commands;
      memory.commands.change = async (...args) => {
        memory.commands.change = change;
        await told(memory);
        return change.apply(memory.commands, args);
      };
      await sweepCommands(memory);
      expect(expired()).toBe(day);
    }
    expect(await returns()).toEqual([{ key: 'A', value: '1' }]);
  });

  it('the last of several values is sent, and what nobody desires any more is not', async () => {
    const { memory, desire, returns } = away();
    await desire({ A: '1', B: '1' });
    await desire({ A: '2' });
    expect(await returns()).toEqual([{ key: 'A', value: '2' }]);
    const settled = memory.events.named('command-settled');
    expect(settled.map(({ status }) => status)).toEqual(['cancelled', 'cancelled']);
  });
});

describe.each(['ocpp2.0.1', 'ocpp2.1'] as const)('a configuration that a shadow desires, in %s', (protocol) => {
  const of = (key: string) => {
    const [component = '', variable = ''] = key.split('/');
    return { component: { name: component }, variable: { name: variable } };
  };

  async function limited(limit: Record<string, string>) {
    const memory = inMemory();
    const variables = Object.entries(limit).map(([name, is]) => ({
      ...{ name, instance: 'SetVariables' },
      attributes: [{ type: 'Actual', value: { is, at: '', receivedAt: '' } }],
    }));
    await memory.components.change('CP1', { name: 'DeviceDataCtrlr' }, () => ({ name: 'DeviceDataCtrlr', variables }));
    return booted(protocol, memory);
  }

  it('becomes one SetVariables after the other where the station did not say how much it takes', async () => {
    const { desire, calls, answer, reported } = await booted(protocol);
    await desire({ 'A/B': '1', 'EVSE@1/Power#MaxSet': '11000' });
    const attributeType = 'Actual';
    await answer({ setVariableResult: [{ ...of('A/B'), attributeType, attributeStatus: 'Accepted' }] });
    const evse = { component: { name: 'EVSE', evse: { id: 1 } }, variable: { name: 'Power' } };
    const maxSet = { attributeType: 'MaxSet', attributeStatus: 'RebootRequired' };
    await answer({ setVariableResult: [{ ...evse, ...maxSet }] });
    expect(calls().map(([, , , payload]) => payload)).toEqual([
      { setVariableData: [{ attributeValue: '1', ...of('A/B') }] },
      { setVariableData: [{ attributeType: 'MaxSet', attributeValue: '11000', ...evse }] },
    ]);
    expect(reported()).toEqual({ 'A/B': '1', 'EVSE@1/Power#MaxSet': '11000' });
  });

  it('B05 is sent in messages of as many items, and bytes, as the station takes', async () => {
    const { desire, calls } = await limited({ ItemsPerMessage: '2' });
    await desire({ 'A/A': '1', 'A/B': '1', 'A/C': '1' });
    expect(calls()[0]?.[3].setVariableData).toHaveLength(2);
    const bytes = await limited({ ItemsPerMessage: '10', BytesPerMessage: '150' });
    await bytes.desire({ 'A/A': '1', 'A/B': '1', 'A/C': 'x'.repeat(100) });
    expect(bytes.calls()[0]?.[3].setVariableData).toHaveLength(1);
  });

  it('of one message reports what was taken, and tells why the rest was not', async () => {
    const { memory, desire, boot, calls, answer, reported, differs, refused } = await limited({ ItemsPerMessage: '5' });
    await desire({ 'A/A': '1', 'A/B': '1', 'A/C': '1' });
    const attributeStatusInfo = { reasonCode: 'ReadOnly', additionalInfo: 'Set at the factory' };
    await answer({
      setVariableResult: [
        { ...of('a/b'), attributeStatus: 'Rejected', attributeStatusInfo },
        { ...of('A/A'), attributeStatus: 'Accepted' },
        { ...of('A/C'), attributeStatus: 'UnknownVariable' },
      ],
    });
    expect(reported()).toEqual({ 'A/A': '1' });
    expect(await differs()).toEqual({ 'A/B': '1', 'A/C': '1' });
    expect(refused()).toEqual(['A/B: Rejected: ReadOnly: Set at the factory', 'A/C: UnknownVariable']);
    expect(calls()).toHaveLength(1);
    await boot();
    await told(memory);
    expect(calls()[1]?.[3]).toEqual({
      setVariableData: ['A/B', 'A/C'].map((key) => ({ attributeValue: '1', ...of(key) })),
    });
  });

  it('refuses a key that is no variable', async () => {
    const { desire, calls, refused } = await booted(protocol);
    await desire({ HeartbeatInterval: '300', 'A/B': '1' });
    expect(refused()).toEqual([expect.stringContaining('HeartbeatInterval: It is not spelled Component')]);
    expect(calls()).toHaveLength(1);
  });
});

it('a key with a / is one of 2.x for a charge point that never booted', async () => {
  const memory = inMemory();
  memory.chargePoints.put({ chargePointId: 'CP1' });
  memory.shadows.desire('CP1', { 'A/B': '1', C: '2' });
  await told(memory);
  expect([...memory.commands.items.values()].map(({ action }) => action).sort()).toEqual([
    'ChangeConfiguration',
    'SetVariables',
  ]);
});
