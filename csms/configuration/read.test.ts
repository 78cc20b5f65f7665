import { describe, expect, it } from 'vitest';
import { connectedTo } from '../../test/memory/ask.js';
import { configurationState } from './state.js';

const component = { name: 'OCPPCommCtrlr' };
const variable = { name: 'HeartbeatInterval' };
const secret = { component: { name: 'SecurityCtrlr' }, variable: { name: 'BasicAuthPassword' } };

/** In each version: a value is set, or told when somebody asks. */
const versions = {
  'ocpp1.6': {
    key: 'HeartbeatInterval',
    set: (value: string) => ({ action: 'ChangeConfiguration', payload: { key: 'HeartbeatInterval', value } }),
    isSet: (status: string): object => ({ status }),
    read: { action: 'GetConfiguration', payload: {} },
    isRead: (value: string): object => ({
      configurationKey: [
        { key: 'HeartbeatInterval', readonly: false, value },
        { key: 'AuthorizationKey', readonly: false, value: '736563726574' },
      ],
    }),
  },
  'ocpp2.0.1': {
    key: 'OCPPCommCtrlr/HeartbeatInterval',
    set: (attributeValue: string) => ({
      action: 'SetVariables',
      payload: { setVariableData: [{ component, variable, attributeValue }] },
    }),
    isSet: (attributeStatus: string): object => ({ setVariableResult: [{ component, variable, attributeStatus }] }),
    read: { action: 'GetVariables', payload: { getVariableData: [{ component, variable }, secret] } },
    isRead: (attributeValue: string): object => ({
      getVariableResult: [
        { component, variable, attributeStatus: 'Accepted', attributeValue },
        { ...secret, attributeStatus: 'Accepted', attributeValue: '736563726574' },
      ],
    }),
  },
};

describe.each(['ocpp1.6', 'ocpp2.0.1'] as const)('%s 5.8, B06 a value that is read', (protocol) => {
  const { key, set, isSet, read, isRead } = versions[protocol];

  async function connected() {
    const { ask, reply, memory } = await connectedTo(protocol);
    const tell = async (action: string, payload: object, answer: object) => {
      const id = await ask(action, payload);
      await reply(id, answer, 1);
      return id;
    };
    const reported = () => (memory.shadows.reported.get('CP1') as { configuration?: object })?.configuration;
    return {
      ...{ memory, reply, reported },
      sets: (value: string, status = 'Accepted') => tell(set(value).action, set(value).payload, isSet(status)),
      reads: (value: string) => tell(read.action, read.payload, isRead(value)),
      boots: () => {
        memory.clock.advance(1_000);
        const hardware = { vendor: 'Acme', model: 'Wallbox' };
        return memory.chargePoints.booted(
          { chargePointId: 'CP1', protocol, hardware, at: memory.clock.now() },
          'Accepted',
        );
      },
    };
  }

  it('and is another than was taken is reported: what is desired instead is not taken', async () => {
    const { memory, sets, reads, reported } = await connected();
    memory.shadows.desire('CP1', { [key]: '60' });
    await sets('60');
    await reads('900');
    expect(reported()).toEqual({ [key]: '900' });
    const shadow = { version: 1, desired: { [key]: '60' }, reported: reported(), asked: undefined };
    expect(await configurationState('CP1', shadow, protocol, memory)).toMatchObject([{ key, status: 'open' }]);
    expect(await memory.desired.difference('CP1')).toMatchObject({ configuration: { [key]: '60' } });
  });

  it('is not reported where nobody ever set it', async () => {
    const { reads, reported } = await connected();
    await reads('900');
    expect(reported()).toBeUndefined();
  });

  it('and is as it was taken changes no shadow', async () => {
    const { memory, sets, reads } = await connected();
    await sets('60');
    memory.shadows.report = () => Promise.reject(new Error('It is written.'));
    await reads('60');
  });

  it('does not count against one that was set since, however late it is told', async () => {
    const { reply, sets, reads, reported } = await connected();
    await sets('60');
    const id = await reads('900');
    await sets('60');
    await reply(id, isRead('900'), 1);
    expect(reported()).toEqual({ [key]: '60' });
  });

  it('does not count against one that is to hold after a reboot, until that has come', async () => {
    const { sets, reads, boots, reported } = await connected();
    await sets('60', 'RebootRequired');
    for (let i = 0; i < 2; i++) await reads('900');
    expect(reported()).toEqual({ [key]: '60' });
    await boots();
    await reads('900');
    expect(reported()).toEqual({ [key]: '900' });
  });
});

it('5.8 a key that the charge point does not know has no value, and is not taken', async () => {
  const { told, reply, ask, memory } = await connectedTo('ocpp1.6');
  await told('ChangeConfiguration', { key: 'HeartbeatInterval', value: '60' }, { status: 'Accepted' });
  const unknown = { unknownKey: ['HeartbeatInterval', 'Nonsense'] };
  const id = await ask('GetConfiguration', {});
  await reply(id, unknown, 1);
  expect([...memory.components.items.values()]).toMatchObject([{ variables: [] }]);
  memory.shadows.desire('CP1', { HeartbeatInterval: '60' });
  expect(await memory.desired.difference('CP1')).toBeDefined();

  await told('ChangeConfiguration', { key: 'HeartbeatInterval', value: '60' }, { status: 'Accepted' }, 1);
  await reply(id, unknown, 1);
  expect([...memory.components.items.values()]).toMatchObject([{ variables: [{ name: 'HeartbeatInterval' }] }]);
  expect(await memory.desired.difference('CP1')).toBeUndefined();
});
