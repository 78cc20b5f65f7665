import { describe, expect, it } from 'vitest';
import { connectedTo } from '../../test/memory/ask.js';
import type { Memory } from '../../test/memory/index.js';

/** Every variable that has a value, by component, name and attribute. */
function values(memory: Memory): Record<string, string> {
  const all = [...memory.components.items.values()].flatMap(({ name: component, variables }) =>
    variables.flatMap(({ name, attributes }) =>
      attributes.flatMap(({ type, value }) => (value ? [[`${component}/${name}/${type}`, value.is] as const] : [])),
    ),
  );
  return Object.fromEntries(all);
}

describe('1.6 configuration keys', () => {
  it('5.8 GetConfiguration: are known as the charge point tells them', async () => {
    const { told, memory } = await connectedTo('ocpp1.6');
    const response = {
      configurationKey: [
        { key: 'HeartbeatInterval', readonly: false, value: '300' },
        { key: 'NumberOfConnectors', readonly: true, value: '2' },
        { key: 'AuthorizationKey', readonly: false, value: '736563726574' },
        { key: 'WebSocketPingInterval', readonly: false },
      ],
      unknownKey: ['Nonsense'],
    };
    expect(await told('GetConfiguration', {}, response)).toBe('accepted');
    expect(values(memory)).toEqual({
      'Configuration/HeartbeatInterval/Actual': '300',
      'Configuration/NumberOfConnectors/Actual': '2',
    });
    const [component] = memory.components.items.values();
    const traits = component?.variables.map(({ name, attributes }) => [name, attributes[0]?.traits?.mutability]);
    expect(traits).toEqual([
      ['AuthorizationKey', 'ReadWrite'],
      ['HeartbeatInterval', 'ReadWrite'],
      ['NumberOfConnectors', 'ReadOnly'],
      ['WebSocketPingInterval', 'ReadWrite'],
    ]);
  });

  it.each([
    ['Accepted', 'accepted', { 'Configuration/HeartbeatInterval/Actual': '60' }],
    ['RebootRequired', 'accepted', { 'Configuration/HeartbeatInterval/Actual': '60' }],
    ['Rejected', 'rejected', {}],
    ['NotSupported', 'rejected', {}],
  ])('5.3 ChangeConfiguration: %s', async (status, expected, stored) => {
    const { told, memory } = await connectedTo('ocpp1.6');
    expect(await told('ChangeConfiguration', { key: 'HeartbeatInterval', value: '60' }, { status })).toBe(expected);
    expect(values(memory)).toEqual(stored);
  });

  it('5.3 what a key is to be is told by the answer that came last, however often and late the others are told', async () => {
    const { ask, reply, memory } = await connectedTo('ocpp1.6');
    const [first, second] = [
      await ask('ChangeConfiguration', { key: 'HeartbeatInterval', value: '60' }),
      await ask('ChangeConfiguration', { key: 'HeartbeatInterval', value: '90' }),
    ];
    await reply(first, { status: 'Accepted' }, 1);
    await reply(second, { status: 'Accepted' }, 1);
    await reply(first, { status: 'Accepted' }, 1);
    expect(values(memory)).toEqual({ 'Configuration/HeartbeatInterval/Actual': '90' });
  });

  it('TC_073 the password is never kept', async () => {
    const { told, memory } = await connectedTo('ocpp1.6');
    await told(
      'ChangeConfiguration',
      { key: 'authorizationKey', value: '736563726574'.repeat(3) },
      { status: 'Accepted' },
    );
    expect(JSON.stringify([...memory.components.items.values()])).not.toContain('736563726574');
  });
});

describe.each(['ocpp2.0.1', 'ocpp2.1'] as const)('%s variables', (protocol) => {
  const variable = (name: string) => ({ component: { name: 'OCPPCommCtrlr' }, variable: { name } });

  it('B06 GetVariables: are known as the charge point tells them, of each attribute its own', async () => {
    const { told, memory } = await connectedTo(protocol);
    const getVariableResult = [
      { ...variable('HeartbeatInterval'), attributeStatus: 'Accepted', attributeValue: '300' },
      { ...variable('HeartbeatInterval'), attributeType: 'Target', attributeStatus: 'Accepted', attributeValue: '60' },
      { ...variable('Nonsense'), attributeStatus: 'UnknownVariable' },
    ];
    const asked = { getVariableData: getVariableResult.map(({ component, variable }) => ({ component, variable })) };
    expect(await told('GetVariables', asked, { getVariableResult })).toBe('rejected');
    expect(values(memory)).toEqual({
      'OCPPCommCtrlr/HeartbeatInterval/Actual': '300',
      'OCPPCommCtrlr/HeartbeatInterval/Target': '60',
    });
  });

  it('B05 SetVariables: those that were set, and no others', async () => {
    const { told, memory } = await connectedTo(protocol);
    const data = (name: string, attributeValue: string) => ({ ...variable(name), attributeValue });
    const setVariableData = [data('HeartbeatInterval', '60'), data('WebSocketPingInterval', '30'), data('No', '1')];
    const statuses = ['Accepted', 'RebootRequired', 'Rejected'];
    const setVariableResult = setVariableData.map(({ attributeValue: _, ...of }, n) => ({
      ...of,
      attributeStatus: statuses[n],
    }));
    await told('SetVariables', { setVariableData }, { setVariableResult: setVariableResult.reverse() });
    expect(values(memory)).toEqual({
      'OCPPCommCtrlr/HeartbeatInterval/Actual': '60',
      'OCPPCommCtrlr/WebSocketPingInterval/Actual': '30',
    });
  });

  it('A01 the password is never kept', async () => {
    const { told, memory } = await connectedTo(protocol);
    const of = { component: { name: 'SecurityCtrlr' }, variable: { name: 'BasicAuthPassword' } };
    const setVariableData = [{ ...of, attributeValue: 'correct horse battery' }];
    await told('SetVariables', { setVariableData }, { setVariableResult: [{ ...of, attributeStatus: 'Accepted' }] });
    expect(memory.components.items.size).toBe(0);
  });
});
