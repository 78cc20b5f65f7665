import { PublishCommand } from '@aws-sdk/client-iot-data-plane';
import type { MqttClient } from 'mqtt';
import { beforeAll, describe, expect, it } from 'vitest';
import { around, clientsOf, connectionRecord } from './cloud.js';
import { dial, type Socket } from './socket.js';
import { eventually, testSystem, within } from './system.js';

const csms = testSystem();

let mqtt: MqttClient;
beforeAll(async () => {
  mqtt = await csms.mqttClient();
});

type Protocol = 'ocpp1.6' | 'ocpp2.0.1' | 'ocpp2.1';
const protocols: Protocol[] = ['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'];

async function connected(protocol: Protocol = 'ocpp2.0.1'): Promise<{ identity: string; socket: Socket }> {
  const identity = await csms.thing();
  return { identity, socket: await dial(`${csms.url}${identity}`, { offered: [protocol] }) };
}

let messages = 0;

/** The id and error code of the CALLERROR that answers `text`, in which `m1` stands for an id that no other message has. */
async function errorTo(socket: Socket, text: string): Promise<unknown> {
  const id = `m1-${++messages}`;
  socket.send(text.replace('m1', id));
  const frame = await socket.frame();
  expect(frame).toEqual([4, expect.any(String), expect.any(String), expect.any(String), expect.any(Object)]);
  return [frame[1] === id ? 'm1' : frame[1], frame[2]];
}

/** Sends `text`, and when `message` is done with it, there was no answer: that to a Heartbeat is the next thing to come. */
async function silenceAt(socket: Socket, text: string): Promise<typeof nothing> {
  const isTaken = new Promise<void>((resolve) => {
    taken = resolve;
  });
  socket.send(text);
  await within('the message', isTaken);
  await socket.isAlive();
  return nothing;
}
const nothing = 'nothing';

let taken = () => {};
beforeAll(() => {
  around(csms.system.account, async ({ functionName }, proceed) => {
    const result = await proceed();
    if (functionName === 'message') taken();
    return result;
  });
});

/** One socket for all the frames of a version: none of them may harm it. */
describe.each(protocols)('in %s', (protocol) => {
  let socket: Socket;
  beforeAll(async () => {
    ({ socket } = await connected(protocol));
    await socket.isAlive();
  });
  const is16 = protocol === 'ocpp1.6';
  const format = is16 ? 'FormationViolation' : 'FormatViolation';
  const rpc = is16 ? 'FormationViolation' : 'RpcFrameworkError';
  const occurrence = is16 ? 'OccurenceConstraintViolation' : 'OccurrenceConstraintViolation';
  /** 1.6 has no answer to a message whose id can't be read, and ignores message types that it does not know. */
  const unreadable = is16 ? nothing : ['-1', rpc];
  const unknownType = is16 ? nothing : ['m1', 'MessageTypeNotSupported'];
  const onlyIn21 = protocol === 'ocpp2.1' ? nothing : unknownType;

  it.each([
    ['', unreadable],
    [' ', unreadable],
    ['not JSON', unreadable],
    ['{}', unreadable],
    ['null', unreadable],
    ['"[2]"', unreadable],
    ['2', unreadable],
    ['[]', unreadable],
    ['[2]', unreadable],
    ['[2,7,"Heartbeat",{}]', unreadable],
    ['[2,"","Heartbeat",{}]', unreadable],
    ['[2,null,"Heartbeat",{}]', unreadable],
    ['[2,"m1","Heartbeat",{}', ['m1', rpc]],
    ['[2,"m1","Heartbeat",{"a":}]', ['m1', rpc]],
    ['[2,"m1"]', ['m1', rpc]],
    ['[2,"m1","Heartbeat"]', ['m1', rpc]],
    ['[2,"m1",{},"Heartbeat"]', ['m1', rpc]],
    ['[2,"m1","Heartbeat",{},{}]', ['m1', rpc]],
    ['["2","m1","Heartbeat",{}]', unknownType],
    ['[1,"m1","Heartbeat",{}]', unknownType],
    ['[9,"m1","Heartbeat",{}]', unknownType],
    ['[5,"m1","GenericError","",{}]', onlyIn21],
    ['[6,"m1","NotifyPeriodicEventStream",{}]', onlyIn21],
    ['[6,"m1"]', onlyIn21],
    ['[3,"m1",{}]', nothing],
    ['[3,"m1"]', nothing],
    ['[4,"m1","GenericError","",{}]', nothing],
    ['[4,"m1"]', nothing],
  ])('%s is answered with %j', async (text, expected) => {
    const answer = expected === nothing ? silenceAt(socket, text) : errorTo(socket, text);
    expect(await answer).toEqual(expected);
  });

  const call = (action: string, payload: unknown) => JSON.stringify(['CALL', action, payload]);
  const boot = is16
    ? { chargePointVendor: 'V', chargePointModel: 'M' }
    : { reason: 'PowerUp', chargingStation: { model: 'M', vendorName: 'V' } };
  const bootWith = (members: object) => call('BootNotification', { ...boot, ...members });

  it.each([
    [call('Nonsense', {}), 'NotImplemented'],
    [call('heartbeat', {}), 'NotImplemented'],
    [call('toString', {}), 'NotImplemented'],
    [call('__proto__', {}), 'NotImplemented'],
    [call('', {}), 'NotImplemented'],
    // Of the version, but the CSMS's to send.
    [call('Reset', { type: is16 ? 'Soft' : 'OnIdle' }), 'NotSupported'],
    [call('Heartbeat', []), format],
    [call('Heartbeat', null), format],
    [call('Heartbeat', 'now'), format],
    [call('Heartbeat', { extra: 1 }), format],
    [call('BootNotification', {}), occurrence],
    [bootWith(is16 ? { chargePointModel: 7 } : { reason: 7 }), 'TypeConstraintViolation'],
    [bootWith(is16 ? { chargePointModel: 'x'.repeat(21) } : { reason: 'Boredom' }), 'PropertyConstraintViolation'],
  ])('%s is answered with %s', async (text, code) => {
    const [, action, payload] = JSON.parse(text);
    expect(await errorTo(socket, JSON.stringify([2, 'm1', action, payload]))).toEqual(['m1', code]);
  });

  it('a message id of any form comes back as it was', async () => {
    for (const id of ['7', '-1', 'ü"\\/', ' ', 'a'.repeat(36)]) {
      socket.send(JSON.stringify([2, id, 'Heartbeat', {}]));
      expect(await socket.frame()).toEqual([3, id, { currentTime: expect.any(String) }]);
    }
  });

  it('nothing else ever came', async () => {
    await socket.isAlive();
    expect(socket.untaken).toBe(0);
    expect(socket.isOpen).toBe(true);
  });
});

it('CALLs that come twenty at once are all answered', async () => {
  const { socket } = await connected();
  const ids = Array.from({ length: 20 }, (_, n) => `at-once-${n}`);
  for (const id of ids) socket.send(JSON.stringify([2, id, 'Heartbeat', {}]));
  const answers = await Promise.all(ids.map(() => socket.frame()));
  expect(answers.map(([type, id]) => `${type} ${id}`).sort()).toEqual(ids.map((id) => `3 ${id}`).sort());
});

it('a CALL that somebody publishes on out keeps its id, and is compact, in the order of the schema', async () => {
  const { identity, socket } = await connected();
  const text = '[2, "b1" ,"Reset",\n{"evseId":1 , "customData":{"vendorId":"a","n":1.50}, "type" : "OnIdle"} ]\n';
  await mqtt.publishAsync(`${identity}/out`, text, { qos: 1 });
  expect(await socket.text()).toBe(
    '[2,"b1","Reset",{"customData":{"vendorId":"a","n":1.5},"type":"OnIdle","evseId":1}]',
  );
});

describe('bytes are kept', () => {
  it.each([
    '[3, "b1" ,\n{"status" : "Accepted"}]\n',
    '[3,"b2",{"n":1.50,"e":1E3,"big":123456789012345678901234567890}]',
    '[3,"b3",{"data":"\\u00fc ü \\/ 😀","b":1,"a":2,"b":3}]',
    '[4,"b4","NotSupported","",{} ]',
  ])('of what a charge point answers, on in: %j', async (text) => {
    const { identity, socket } = await connected();
    const heard = csms.message(`${identity}/in`);
    socket.send(text);
    expect((await heard).payload.toString()).toBe(text);
  });
});

describe.concurrent('on out', () => {
  it('what is no frame harms nobody', async () => {
    const { identity, socket } = await connected();
    const junk = ['', 'not JSON', '{}', 'null', '[2]', '[7,"m1",{}]', '["2","m1","Reset",{}]'];
    for (const text of junk) await mqtt.publishAsync(`${identity}/out`, text, { qos: 1 });
    await mqtt.publishAsync(`${identity}/out`, Buffer.from([0xff, 0xfe, 0]), { qos: 1 });
    await eventually(
      'a warning for each',
      () => warnings(identity, 'answer-not-a-frame').length > junk.length || undefined,
    );
    expect(await socket.isAlive()).toBe(true);
  });

  it('a CALL for nobody is refused, with the reason', async () => {
    const refused = csms.event('CPX', 'command-settled');
    await mqtt.publishAsync('CPX/out', '[2,"m1","Reset",{"type":"OnIdle"}]', { qos: 1 });
    expect(await refused).toMatchObject({
      ...{ commandId: 'm1', status: 'failed', reason: 'There is no charge point of this name.' },
    });
  });

  it('CALLs go down one at a time, the next when the charge point has answered', async () => {
    const { identity, socket } = await connected('ocpp1.6');
    const call = (id: string) => `[2,"${id}","ClearCache",{}]`;
    for (const id of ['q1', 'q2']) await mqtt.publishAsync(`${identity}/out`, call(id), { qos: 1 });
    const first = await socket.frame();
    await socket.isAlive();
    expect(socket.untaken).toBe(0);
    const settled = csms.event(identity, 'command-settled');
    socket.send(JSON.stringify([3, first[1], { status: 'Rejected' }]));
    const { chargePointId, ...event } = await settled;
    expect(event).toMatchObject({ commandId: first[1], status: 'rejected', response: { status: 'Rejected' } });
    expect([first[1], (await socket.frame())[1]].sort()).toEqual(['q1', 'q2']);
  });

  it('an answer that does not say whose it is goes to the current connection', async () => {
    const identity = await csms.thing();
    const older = await dial(`${csms.url}${identity}`);
    await csms.advance(1_000);
    const newer = await dial(`${csms.url}${identity}`);
    await csms.advance(1_000);
    const answer = '[3,"from-elsewhere",{}]';
    await mqtt.publishAsync(`${identity}/out`, answer, { qos: 1 });
    expect(await newer.text()).toBe(answer);
    expect(older.untaken).toBe(0);
  });

  it('an answer goes to the connection that it names, and to no other', async () => {
    const { identity, socket } = await connected();
    await answerAs(identity, '[3,"not-yours",{}]', {
      connectionId: 'L0SM9cOFvHcCIhw=',
      receivedAt: csms.system.account.clock.now(),
    });
    await eventually('a warning', () => warnings(identity, 'answer-without-connection')[0]);
    expect(await socket.isAlive()).toBe(true);
  });

  it('an answer to what came more than 30 s ago is dropped', async () => {
    const { identity, socket } = await connected();
    const connectionId = await opening(identity);
    await answerAs(identity, '[3,"late",{}]', { connectionId, receivedAt: csms.system.account.clock.now() - 30_500 });
    await eventually('a warning', () => warnings(identity, 'answer-too-late')[0]);
    await answerAs(identity, '[3,"in time",{}]', {
      connectionId,
      receivedAt: csms.system.account.clock.now() - 20_000,
    });
    expect(await socket.text()).toBe('[3,"in time",{}]');
    expect(await socket.isAlive()).toBe(true);
  });

  it('a CALL is never too late', async () => {
    const { identity, socket } = await connected();
    const reset = '[2,"m1","Reset",{"type":"OnIdle"}]';
    await answerAs(identity, reset, {
      connectionId: 'L0SM9cOFvHcCIhw=',
      receivedAt: csms.system.account.clock.now() - 60_000,
    });
    expect(await socket.text()).toBe(reset);
  });
});

it('on in, a CALL that somebody else publishes is answered to the charge point that it is of', async () => {
  const { identity, socket } = await connected();
  await mqtt.publishAsync(`${identity}/in`, '[2,"by-hand","Heartbeat",{}]', { qos: 1 });
  expect(await socket.frame()).toEqual([3, 'by-hand', { currentTime: expect.any(String) }]);
});

/** Warnings of `deliver` about this charge point, with this code. */
const warnings = (identity: string, code: string) =>
  csms.logged
    .flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []))
    .filter(({ level, message }) => level === 'WARN' && message.chargePointId === identity && message.code === code);

const opening = async (identity: string): Promise<string> =>
  (await connectionRecord(csms.system, identity))?.opening[0]?.connectionId ?? '';

/** Publishes on out as the CSMS does, saying whose answer it is. */
async function answerAs(
  identity: string,
  payload: string,
  { connectionId, receivedAt }: { connectionId: string; receivedAt: number },
): Promise<void> {
  const userProperties = JSON.stringify([
    { connectionId },
    { protocol: 'ocpp2.0.1' },
    { receivedAt: String(receivedAt) },
  ]);
  const publish = new PublishCommand({ topic: `${identity}/out`, qos: 1, payload, userProperties });
  await clientsOf(csms.system.account).iotData.send(publish);
}
