import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../csms/access/ports.js';
import { run } from '../../scripts/csms/run.js';
import { putToken } from './api-client.js';
import { isAtLeastOnce } from './deliveries.js';
import { dial, type Socket } from './socket.js';
import { eventually, testSystem, within, yesterday } from './system.js';

const csms = testSystem();
const tokens = {} as Record<Role, string>;
const folder = mkdtempSync(join(tmpdir(), 'command-line-'));
beforeAll(async () => {
  for (const role of ['viewer', 'admin'] as const) tokens[role] = await putToken(csms.system, role);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let ids = 0;
const newId = () => `CLI-${process.pid}-${++ids}`;

/** A command of the command line, as somebody types it. */
function csmsCommand(line: string[], options: { signal?: AbortSignal; environment?: Record<string, string> } = {}) {
  const lines: string[] = [];
  const complaints: string[] = [];
  const url = `http://127.0.0.1:${csms.system.stack.edge.port}`;
  const code = run(line, {
    print: (text) => lines.push(...text.split('\n')),
    complain: (text) => complaints.push(text),
    colours: false,
    signal: options.signal ?? new AbortController().signal,
    environment: { CSMS_URL: url, CSMS_TOKEN: tokens.admin, ...options.environment },
  });
  return { lines, complaints, code };
}

async function typed(...line: string[]): Promise<{ code: number; lines: string[]; complaints: string[] }> {
  const { lines, complaints, code } = csmsCommand(line);
  return { code: await code, lines, complaints };
}

/** @throws unless it went well. @returns what it printed for programs */
async function json(...line: string[]) {
  const { code, lines, complaints } = await typed(...line, '--json');
  expect(complaints).toEqual([]);
  expect(code).toBe(0);
  return JSON.parse(lines.join('\n'));
}

const boot = { reason: 'PowerUp', chargingStation: { model: 'Wallbox', vendorName: 'Acme' } };

/** Registered by the command line, connected and booted. */
async function connected(): Promise<{ identity: string; socket: Socket }> {
  const identity = newId();
  expect(await typed('charge-points', 'add', identity)).toMatchObject({ code: 0 });
  const current = csms.message(`${identity}/events/connected`);
  const socket = await dial(`${csms.url}${identity}`);
  await csms.advance(1_000);
  await current;
  await socket.call('BootNotification', boot);
  return { identity, socket };
}

describe('csms charge-points', () => {
  it('registers one, lists those of a site, and shows one', async () => {
    const identity = newId();
    const site = `Site ${identity}`;
    const added = await typed(
      'charge-points',
      'add',
      identity,
      '--site',
      site,
      '--label',
      'a',
      '--label',
      'b',
      '--password',
    );
    expect(added.code).toBe(0);
    expect(added.lines[0]).toBe(`${identity} is registered and may connect now.`);
    expect(added.lines[1]).toMatch(new RegExp(`^Its user is ${identity}, its password [0-9a-f]{40} `));
    const { lines } = await typed('charge-points', '--site', site);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^charge point +connected +name +site +labels/);
    expect(lines[1]).toMatch(new RegExp(`^${identity} +no +${site} +a, b$`));
    const label = `label-${identity}`;
    expect(await typed('charge-points', 'change', identity, '--label', 'a', '--label', label)).toMatchObject({
      code: 0,
    });
    expect(await json('charge-points', '--label', label)).toMatchObject([{ chargePointId: identity }]);
    await typed('charge-points', 'change', identity, '--label', 'a', '--label', 'b');
    expect(await json('charge-points', '--site', site)).toMatchObject([
      { chargePointId: identity, labels: ['a', 'b'] },
    ]);
    expect((await typed('charge-points', identity)).lines).toEqual(
      expect.arrayContaining([expect.stringMatching(/^connected +no$/), expect.stringMatching(/^password +yes$/)]),
    );
  });

  it('changes one, takes away what is empty, and deletes it', async () => {
    const identity = newId();
    await typed('charge-points', 'add', identity, '--name', 'Gate', '--label', 'fast');
    const change = ['charge-points', 'change', identity, '--name', '', '--site', `Site ${identity}`, '--label', ''];
    expect(await typed(...change, '--validation', 'strict')).toMatchObject({
      code: 0,
      lines: [`${identity} is changed.`],
    });
    expect(await json('charge-points', '--site', `Site ${identity}`)).toEqual([
      {
        ...{ chargePointId: identity, site: `Site ${identity}`, validation: 'strict', hasPassword: false },
        connection: { isConnected: false },
      },
    ]);
    expect(await typed('charge-points', 'delete', identity)).toMatchObject({
      code: 0,
      lines: [`${identity} is deleted.`],
    });
    expect((await typed('charge-points', identity)).code).toBe(1);
    expect((await typed('charge-points', 'change', identity)).complaints[0]).toMatch(/^Say what to change: /);
    expect((await typed('charge-points', 'delete', identity, '--name', 'x')).code).toBe(2);
  });

  it('gives one a new password, and takes it away', async () => {
    const identity = newId();
    await typed('charge-points', 'add', identity);
    const hasPassword = async () => (await json('charge-points', identity)).hasPassword;
    const given = await typed('charge-points', 'password', identity);
    expect(given.lines).toEqual([
      expect.stringMatching(`^Its user is ${identity}, its password [0-9a-f]{40} \\(shown this once\\)\\.$`),
    ]);
    expect(await hasPassword()).toBe(true);
    const { user, password } = await json('charge-points', 'password', identity);
    expect(given.lines[0]).not.toContain(password);
    const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    await dial(`${csms.url}${identity}`, { headers: { authorization } });
    expect((await typed('charge-points', 'password', identity, '--remove')).lines).toEqual([
      `${identity} has no password any more.`,
    ]);
    expect(await hasPassword()).toBe(false);
    await dial(`${csms.url}${identity}`);
  });

  it.each([
    [['change', 'X', '--password'], /^--password is for add: say csms charge-points password <id> for/],
    [['delete', 'X', '--remove'], /^--remove is for csms charge-points password <id>\.$/],
    [['password', 'X', '--name', 'x'], /^--name, --registration and --validation are for add and change\.$/],
  ])('%j can not be meant', async (line, told) => {
    const { code, complaints } = await typed('charge-points', ...line);
    expect(code).toBe(2);
    expect(complaints[0]).toMatch(told);
  });

  it('says who is connected, and by which security profile', async () => {
    const { identity } = await connected();
    const { lines } = await typed('charge-points', identity);
    expect(lines).toContainEqual(expect.stringMatching(/^security profile +0 in use$/));
    const all = await json('charge-points', '--limit', '1000');
    const { connection } = all.find(({ chargePointId }: { chargePointId: string }) => chargePointId === identity);
    expect(connection).toMatchObject({ isConnected: true, protocol: 'ocpp2.0.1' });
  });

  it('shows its connectors', async () => {
    const { identity, socket } = await connected();
    const status = { timestamp: `${yesterday}T10:00:00Z`, connectorStatus: 'Available', evseId: 1, connectorId: 1 };
    await socket.call('StatusNotification', status);
    const { lines } = await typed('charge-points', identity);
    expect(lines.find((line) => line.startsWith('connected'))).toContain('ocpp2.0.1');
    expect(lines.at(-1)).toBe(`1     1          Available  ${yesterday} 10:00:00`);
  });
});

describe('csms configuration', () => {
  const key = 'OCPPCommCtrlr/HeartbeatInterval';

  it('desires values, and tells what became of them', async () => {
    const { identity, socket } = await connected();
    expect((await typed('configuration', identity)).lines).toEqual(['key  desired  reported  status  reason']);
    const asked = socket.frame();
    const set = await typed('configuration', identity, `${key}=600`);
    expect(set.lines[1]).toMatch(new RegExp(`^${key} +600 +(open|asked)$`));
    const [, id, action, payload] = await asked;
    const { setVariableData } = payload as { setVariableData: unknown };
    expect(action).toBe('SetVariables');
    const [{ attributeValue, ...variable }] = setVariableData as [{ attributeValue: string }];
    expect(attributeValue).toBe('600');
    const refusal = { attributeStatus: 'Rejected', attributeStatusInfo: { reasonCode: 'ReadOnly' } };
    socket.send(JSON.stringify([3, id, { setVariableResult: [{ ...variable, ...refusal }] }]));
    const refused = await eventually('the refusal', async () => {
      const [one] = await json('configuration', identity);
      return one.status === 'refused' ? one : undefined;
    });
    expect(refused).toMatchObject({ key, desired: '600', reason: 'Rejected: ReadOnly' });
    expect(await json('configuration', identity, '--unset', key)).toEqual([]);
  });

  it('says what is wrong with a key, and with what is none', async () => {
    const { identity } = await connected();
    expect((await typed('configuration', identity, 'HeartbeatInterval=300')).complaints[0]).toMatch(/^Correct this: /);
    expect((await typed('configuration', identity, key)).complaints[0]).toBe(`${key} is no <key>=<value>.`);
  });
});

describe('csms firmware', () => {
  it('uploads, lists, hands out and deletes', async () => {
    const name = `wall box ${process.pid}.bin`;
    const file = join(folder, name);
    writeFileSync(file, 'firmware');
    expect(await typed('firmware', 'upload', file)).toMatchObject({
      code: 0,
      lines: [`${name} is uploaded, 8 bytes.`],
    });
    expect((await typed('firmware')).lines).toContainEqual(expect.stringMatching(new RegExp(`^${name} +8 +20`)));
    const [url = ''] = (await typed('firmware', 'url', name)).lines;
    expect(await (await fetch(url)).text()).toBe('firmware');
    expect((await typed('firmware', 'delete', name)).code).toBe(0);
    expect((await typed('firmware', 'delete', name)).complaints[0]).toMatch(/^List the firmware/);
  });
});

describe('csms jobs', () => {
  it('lists what a charge point works on, and shows one with its files', async () => {
    const { identity, socket } = await connected();
    for (const status of ['Uploading', 'Uploaded']) {
      await socket.call('LogStatusNotification', { status, requestId: 7 });
      await csms.advance(1_000);
    }
    const { lines } = await typed('jobs', identity);
    expect(lines[1]).toMatch(/^log +7 +Uploaded +20\S+ \S+ +yes$/);
    const one = (await typed('jobs', identity, 'log', '7')).lines;
    expect(one).toContainEqual(expect.stringMatching(/ Uploading$/));
    expect(await json('jobs', identity, 'firmware')).toEqual([]);
    expect((await typed('jobs', identity, 'log', '8')).code).toBe(1);
    expect((await typed('jobs', identity, 'logs')).code).toBe(2);
  });
});

describe('csms frames', () => {
  it('lists what was not understood, repairs one and dismisses another', async () => {
    const { identity, socket } = await connected();
    for (const id of ['first', 'second']) {
      socket.send(`[2,"${id}","TransactionEvent",{"eventType":"${id}"}]`);
      await socket.frame();
    }
    const [one, other] = await json('frames', identity);
    expect((await typed('frames', 'show', identity, one.frameId)).lines).toContain(`it was    ${one.frame}`);
    const payload = {
      ...{ eventType: 'Started', timestamp: `${yesterday}T10:00:00Z`, triggerReason: 'CablePluggedIn', seqNo: 0 },
      transactionInfo: { transactionId: 'repaired' },
    };
    const wrong = await typed('frames', 'repair', identity, one.frameId, '--json-payload', '{}');
    expect(wrong).toMatchObject({ code: 1, complaints: ['Correct the payload: eventType is missing.'] });
    const repaired = ['frames', 'repair', identity, one.frameId, '--json-payload', JSON.stringify(payload)];
    expect((await typed(...repaired)).code).toBe(0);
    expect(await json('transactions', identity)).toMatchObject([{ transactionId: 'repaired' }]);
    expect((await typed('frames', 'dismiss', identity, other.frameId, '--reason', 'Twice')).code).toBe(0);
    const { lines } = await typed('frames', identity);
    expect(lines.filter((line) => / (repaired|dismissed) /.test(line))).toHaveLength(2);
  });
});

describe('csms tasks', () => {
  it('asks those of a site, lists the task, and shows what became of each', async () => {
    const { identity, socket } = await connected();
    const site = `Site ${identity}`;
    const away = newId();
    expect(await typed('charge-points', 'add', away, '--site', site)).toMatchObject({ code: 0 });
    const created = await typed('tasks', 'create', 'ClearCache', '--id', identity, '--id', away);
    expect(created.complaints).toEqual([]);
    const [, taskId = ''] = /^(\w{26}) asks 2 named until /.exec(created.lines[0] ?? '') ?? [];
    const [, id, action] = await socket.frame();
    expect(action).toBe('ClearCache');
    const settled = csms.message(`${identity}/events/command-settled`);
    socket.send(JSON.stringify([3, id, { status: 'Accepted' }]));
    await settled;
    const shown = await eventually('the answer', async () => {
      await csms.advance(1_000);
      const { lines } = await typed('tasks', taskId);
      return lines.some((line) => /^progress +(1 accepted, 1 queued|1 queued, 1 accepted)$/.test(line))
        ? lines
        : undefined;
    });
    expect(shown.find((line) => line.startsWith(away))).toMatch(/ queued$/);
    expect((await typed('tasks', taskId, '--open')).lines.filter((line) => line.startsWith('CLI-'))).toHaveLength(1);
    expect((await json('tasks', '--limit', '1'))[0]).toMatchObject({ taskId, action: 'ClearCache' });
    expect((await typed('tasks', 'cancel', taskId)).lines).toEqual([`${taskId} is cancelled.`]);
    expect((await typed('tasks')).lines[1]).toContain('cancelled');
    expect(await json('tasks', taskId)).toMatchObject({ taskId, chargePoints: [{}, {}] });
    const ofSite = await json('tasks', 'create', 'Reset', '--site', site, '--label', 'fast', '--type', 'OnIdle');
    expect(ofSite).toMatchObject({ selection: { site, labels: ['fast'] }, payload: { type: 'OnIdle' } });
  });

  it.each([
    [['create', 'ClearCache'], 2, 'Say one of --id, --site and --all.'],
    [['create', 'ClearCache', '--all', '--id', 'CP1'], 2, 'Say one of --id, --site and --all.'],
    [['create'], 2, 'Say which action.'],
    [['create', 'Boot', '--all'], 1, 'Take one of '],
    [['create', 'ClearCache', '--all', '--protocol', 'ocpp9'], 1, 'Correct this: selection.protocol'],
    [['cancel', 'none'], 1, 'List the tasks'],
  ])('%j is refused', async (line, code, why) => {
    const { complaints, ...answer } = await typed('tasks', ...line);
    expect(answer.code).toBe(code);
    expect(complaints[0]).toContain(why);
  });
});

describe('csms command', () => {
  it('waits for what the charge point says', async () => {
    const { identity, socket } = await connected();
    const command = csmsCommand(['command', identity, 'Reset', '--type', 'Immediate', '--wait']);
    const [, id, action, payload] = await socket.frame();
    expect([action, payload]).toEqual(['Reset', { type: 'Immediate' }]);
    socket.send(JSON.stringify([3, id, { status: 'Accepted' }]));
    expect(await command.code).toBe(0);
    expect(command.lines).toEqual([
      expect.stringMatching(/^command +Reset \w+$/),
      expect.stringMatching(/^status +accepted$/),
      expect.stringMatching(/^answer +\{"status":"Accepted"\}$/),
    ]);
  });

  it('ends with 1 when the charge point says no', async () => {
    const { identity, socket } = await connected();
    const command = csmsCommand(['command', identity, 'ClearCache', '--wait', '--json']);
    socket.send(JSON.stringify([3, (await socket.frame())[1], { status: 'Rejected' }]));
    expect(await command.code).toBe(1);
    expect(JSON.parse(command.lines.join('\n'))).toMatchObject({ status: 'rejected' });
  });

  it('tells in a sentence what is wrong with a payload, and ends with 1', async () => {
    const { identity } = await connected();
    const { code, complaints, lines } = await typed('command', identity, 'Reset', '--json-payload', '{"type":"Never"}');
    expect({ code, lines }).toEqual({ code: 1, lines: [] });
    expect(complaints).toEqual([expect.stringMatching(/^Correct the payload: .*type/)]);
  });
});

describe('csms tokens and transactions', () => {
  it('import a CSV, list what is in it, and export it', async () => {
    const group = `G${newId()}`.slice(-20);
    const file = join(folder, 'tokens.csv');
    const rows = Array.from({ length: 501 }, (_, i) => `${group}-${String(i).padStart(4, '0')},Accepted,${group}`);
    writeFileSync(file, ['idToken,status,groupId', ...rows].join('\r\n'));
    expect((await typed('tokens', 'import', file)).lines).toEqual(['Tokens imported: 501, of them new: 501.']);
    const { lines } = await typed('tokens', '--group', group, '--limit', '150');
    expect(lines).toHaveLength(151);
    expect((await typed('tokens', 'list', '--group', group, '--limit', '150')).lines).toEqual(lines);
    expect(lines[1]).toMatch(new RegExp(`^${group}-0000 +Accepted +${group}$`));
    const exported = await typed('tokens', 'export', '--group', group);
    expect(exported.lines).toHaveLength(502);
    expect(exported.lines[0]).toMatch(/^idToken,/);
  }, 60_000);

  it('list what was charged', async () => {
    const { identity, socket } = await connected();
    const site = `Site ${identity}`;
    expect(await typed('charge-points', 'change', identity, '--site', site)).toMatchObject({ code: 0 });
    const told = (eventType: string, seqNo: number, timestamp: string) =>
      socket.call('TransactionEvent', {
        ...{ eventType, timestamp, triggerReason: 'Authorized', seqNo, evse: { id: 2 } },
        transactionInfo: { transactionId: 'tx-1', ...(seqNo > 0 && { stoppedReason: 'Local' }) },
      });
    await told('Started', 0, `${yesterday}T10:00:00Z`);
    expect(
      (await json('transactions', '--open', '--limit', '1000')).map(
        ({ transactionId }: { transactionId: string }) => transactionId,
      ),
    ).toContain('tx-1');
    await told('Ended', 1, `${yesterday}T11:00:00Z`);
    expect(await json('transactions', '--site', site)).toMatchObject([{ transactionId: 'tx-1' }]);
    const { lines } = await typed(
      'transactions',
      identity,
      '--from',
      `${yesterday}T00:00:00Z`,
      '--to',
      `${yesterday}T23:59:59Z`,
    );
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(new RegExp(`tx-1 +2 +${yesterday} 10:00:00 +${yesterday} 11:00:00 .*Local$`));
  });
});

describe('csms knocks', () => {
  it('lists who was refused, and lets one in, by one call', async () => {
    const identity = newId();
    await expect(dial(`${csms.url}${identity}`)).rejects.toMatchObject({ status: 404 });
    const { lines } = await typed('knocks', '--limit', '100');
    expect(lines[0]).toMatch(/^charge point +refused as +times/);
    // A write that is said to have failed is made again.
    const times = isAtLeastOnce() ? '\\d' : '1';
    expect(lines.find((line) => line.startsWith(identity))).toMatch(
      new RegExp(` not-registered +${times} .*127\\.0\\.0\\.1 +ocpp2\\.0\\.1 +no`),
    );
    const accepted = await typed('knocks', 'accept', identity, '--site', 'North', '--password');
    expect(accepted.lines[0]).toBe(`${identity} is registered and may connect now.`);
    const [, password = ''] = /its password ([0-9a-f]{40}) /.exec(accepted.lines[1] ?? '') ?? [];
    const authorization = `Basic ${Buffer.from(`${identity}:${password}`).toString('base64')}`;
    await dial(`${csms.url}${identity}`, { headers: { authorization } });
    await eventually('no stranger any more', async () => (await json('knocks', identity)).length === 0 || undefined);
    expect(await json('charge-points', identity)).toMatchObject({ site: 'North', hasPassword: true });
  });
});

describe('csms messages', () => {
  it('shows what was said, a CALL with its answer in each line', async () => {
    const { identity, socket } = await connected();
    await socket.call('Heartbeat');
    await csms.system.account.clock.idle();
    const { lines } = await typed('messages', identity);
    expect(lines[0]).toMatch(/^time +action +message +says +ms +answer$/);
    expect(lines[1]).toMatch(/ → +Heartbeat +\S+ +\{\} +\d+ +\{"currentTime":"/);
    expect(lines[2]).toMatch(/ → +BootNotification /);
  });
});

describe('csms tail', () => {
  it('shows frames and events as they happen, until it is ended', async () => {
    const { identity, socket } = await connected();
    const ended = new AbortController();
    const { lines, code } = csmsCommand(['tail', identity], { signal: ended.signal });
    await eventually('a heartbeat on the terminal', async () => {
      await socket.call('Heartbeat');
      return lines.find((line) => line.includes('Heartbeat'));
    });
    await socket.call('SecurityEventNotification', { type: 'ResetOrReboot', timestamp: `${yesterday}T10:00:00Z` });
    await eventually('the event', () => lines.find((line) => line.startsWith(`${identity} * security-event {`)));
    expect(lines.find((line) => line.includes('Heartbeat'))).toMatch(
      new RegExp(`^${identity} → \\[2,".+","Heartbeat",\\{\\}\\]$`),
    );
    expect(lines.find((line) => line.includes('currentTime'))).toMatch(new RegExp(`^${identity} ← \\[3,`));
    ended.abort();
    expect(await within('the end', code)).toBe(0);
  });
});

describe('csms why', () => {
  it('tells what happened in its order, and what is waited for', async () => {
    const { identity, socket } = await connected();
    await typed('command', identity, 'ClearCache');
    const [, cleared] = await socket.frame();
    const settled = csms.event(identity, 'command-settled');
    socket.send(JSON.stringify([3, cleared, { status: 'Accepted' }]));
    await csms.over(settled);
    await typed('command', identity, 'Reset', '--type', 'OnIdle');
    const [, reset] = await socket.frame();
    await typed('command', identity, 'GetLocalListVersion');
    const { lines, code } = await typed('why', identity);
    expect(code).toBe(0);
    const order = [
      'PowerUp of Acme Wallbox: Accepted',
      'ClearCache asked for',
      'ClearCache accepted',
      'Reset asked for',
      'GetLocalListVersion asked for',
    ];
    const places = order.map((text) => lines.findIndex((line) => line.includes(text)));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(lines.join('\n')).toContain(`was sent as message ${reset} and waits for its answer until`);
    expect(lines).toContainEqual(expect.stringMatching(/^GetLocalListVersion \(\w+\) waits for the answer to Reset/));
  });
});

it('csms why tells of a stranger who he is, and what lets him in', async () => {
  const identity = newId();
  const { lines, code } = await typed('why', identity);
  expect(code).toBe(0);
  expect(lines.join(' ')).toContain(`csms charge-points add ${identity}`);
});

describe('what goes wrong', () => {
  it.each([
    [2, ['chargepoints'], /^There is no command chargepoints: take one of charge-points,/],
    [2, ['why'], /^Say which charge point\.$/],
    [2, ['transactions', '--opened'], /^Unknown option '--opened'/],
    [1, ['messages', 'NOBODY'], /^Register NOBODY first: csms charge-points add NOBODY\.$/],
    [1, ['tokens', 'import', '/no/such/file'], /^There is no file \/no\/such\/file\.$/],
  ])('ends with %i: csms %j', async (code, line, told) => {
    const ended = await typed(...line);
    expect({ code: ended.code, lines: ended.lines }).toEqual({ code, lines: [] });
    expect(ended.complaints[0]).toMatch(told);
  });

  it('is told by the API: a role that is too low, no token, a token that nobody knows', async () => {
    const told = async (environment: Record<string, string>) => {
      const { code, complaints } = csmsCommand(['charge-points', 'add', 'X'], { environment });
      return { code: await code, said: complaints[0] };
    };
    expect(await told({ CSMS_TOKEN: tokens.viewer })).toEqual({
      code: 1,
      said: expect.stringContaining('role operator'),
    });
    expect(await told({ CSMS_TOKEN: '' })).toEqual({ code: 2, said: expect.stringContaining('There is no token') });
    expect(await told({ CSMS_TOKEN: 'csms_nobody-knows-this-one' })).toMatchObject({ code: 1 });
    expect(await told({ CSMS_URL: 'http://127.0.0.1:9' })).toMatchObject({
      code: 1,
      said: expect.stringContaining('is the system running (npm start)?'),
    });
  });
});
