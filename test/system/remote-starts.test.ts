import type { RPCClient } from 'ocpp-rpc';
import { describe, expect, it } from 'vitest';
import { protocols } from '../../csms/ocpp/protocol.js';
import { eventsOf, heard, operatorOf } from './operator.js';
import { sessionsOf } from './sessions.js';
import { testSystem } from './system.js';
import { telling, tokenOf } from './telling.js';

const csms = testSystem();
const operator = operatorOf(csms);
const minute = 60_000;

describe.each(protocols)('%s: a charge point is asked', (protocol) => {
  const { booted, token, at } = sessionsOf(csms, protocol);
  const isOld = protocol === 'ocpp1.6';
  const startAction = isOld ? 'RemoteStartTransaction' : 'RequestStartTransaction';
  const stopAction = isOld ? 'RemoteStopTransaction' : 'RequestStopTransaction';
  const startOf = (idToken: string) =>
    isOld ? { idTag: idToken, connectorId: 1 } : { ...tokenOf(idToken), evseId: 1 };
  const stopOf = (transactionId: string) => ({ transactionId: isOld ? Number(transactionId) : transactionId });

  const start = (client: RPCClient, idToken: string, remoteStartId?: unknown) =>
    telling[protocol](client).start({
      ...{ idToken, wh: 1_000, at: at(0) },
      ...(remoteStartId !== undefined && { remoteStartId: Number(remoteStartId) }),
    });
  const starts = (identity: string) => operator.list(identity, 'inventory?kind=remote-start');
  const commandOf = async (identity: string, commandId: string) =>
    (await operator.ask(`GET /charge-points/${identity}/commands/${commandId}`)).body;

  it('to start, accepts and starts: the command names its transaction, and that its command', async () => {
    const { identity, client } = await booted();
    const told = eventsOf(csms, identity);
    const idToken = await token();
    const asked = heard(client, startAction, { status: 'Accepted' });
    const { status, body } = await operator.command(identity, startAction, startOf(idToken));
    expect([status, body.status]).toEqual([200, 'accepted']);
    expect(body).not.toHaveProperty('transactionId');
    expect(await operator.list(identity, 'transactions')).toEqual([]);
    const { remoteStartId } = await asked;

    const transactionId = await start(client, idToken, remoteStartId);
    const { commandId } = body;
    expect(await commandOf(identity, commandId)).toMatchObject({ status: 'accepted', transactionId });
    const open = { transactionId, commandId, isOpen: true, idToken: { idToken, authorization: 'Accepted' } };
    expect(await operator.list(identity, 'transactions')).toMatchObject([open]);
    expect(told('transaction-started')).toMatchObject([{ transactionId, commandId }]);
    if (!isOld) expect(told('transaction-started')).toMatchObject([{ remoteStartId }]);
  });

  it('to start, and starts before it answers', async () => {
    const { identity, client } = await booted();
    const idToken = await token();
    const started = new Promise<string>((resolve, reject) => {
      client.handle(startAction, async ({ params }) => {
        await start(client, idToken, params?.remoteStartId).then(resolve, reject);
        return { status: 'Accepted' };
      });
    });
    const { body } = await operator.command(identity, startAction, startOf(idToken));
    const transactionId = await started;
    expect(await commandOf(identity, body.commandId)).toMatchObject({ status: 'accepted', transactionId });
    expect(await operator.list(identity, 'transactions')).toMatchObject([{ transactionId, commandId: body.commandId }]);
  });

  it('to start, and rejects: it leaves nothing, and a start with the same token is the driver’s own', async () => {
    const { identity, client } = await booted();
    const idToken = await token();
    heard(client, startAction, { status: 'Rejected' });
    const { body } = await operator.command(identity, startAction, startOf(idToken));
    expect(body).toMatchObject({ status: 'rejected', code: 'command-rejected' });
    expect([await starts(identity), await operator.list(identity, 'transactions')]).toEqual([[], []]);

    const transactionId = await start(client, idToken);
    const [transaction, ...others] = await operator.list(identity, 'transactions');
    expect([transaction, others]).toMatchObject([{ transactionId }, []]);
    expect(transaction).not.toHaveProperty('commandId');
    expect(await commandOf(identity, body.commandId)).not.toHaveProperty('transactionId');
  });

  it('to start, accepts, and never does: in the end nothing is left, and no later start is taken for it', async () => {
    const { identity, client } = await booted();
    const idToken = await token();
    heard(client, startAction, { status: 'Accepted' });
    const { body } = await operator.command(identity, startAction, startOf(idToken));
    // It is kept by whoever heard the answer, which the API may have seen before.
    await csms.system.account.clock.idle();
    expect(await starts(identity)).toMatchObject([{ key: body.commandId }]);
    await csms.advance(3 * minute);
    const transactionId = await start(client, idToken);
    await telling[protocol](client).end(transactionId, { wh: 1_000, at: at(0), reason: 'Local' });

    await csms.advance(60 * minute);
    expect(await starts(identity)).toEqual([]);
    expect(await operator.hasOpen(identity)).toBe(false);
    const [transaction, ...others] = await operator.list(identity, 'transactions');
    expect([transaction, others]).toMatchObject([{ transactionId, isOpen: false }, []]);
    expect(transaction).not.toHaveProperty('commandId');
    const command = await commandOf(identity, body.commandId);
    expect(command).toMatchObject({ status: 'accepted' });
    expect(command).not.toHaveProperty('transactionId');
  });

  it('to stop, rejects, and the transaction goes on; asked again it stops', async () => {
    const { identity, client } = await booted();
    const told = eventsOf(csms, identity);
    const transactionId = await start(client, await token());
    heard(client, stopAction, { status: 'Rejected' });
    const isRefused = csms.event(identity, 'command-settled');
    const refused = await operator.command(identity, stopAction, stopOf(transactionId));
    await isRefused;
    expect(refused.body).toMatchObject({ status: 'rejected', code: 'command-rejected' });
    expect(await operator.list(identity, 'transactions')).toMatchObject([{ transactionId, isOpen: true }]);

    const settled = csms.event(identity, 'command-settled');
    const asked = heard(client, stopAction, { status: 'Accepted' });
    const { body } = await operator.command(identity, stopAction, stopOf(transactionId));
    expect(await asked).toEqual(stopOf(transactionId));
    expect(body).toMatchObject({ status: 'accepted' });
    await settled;
    // Only its end ends it.
    expect(await operator.hasOpen(identity)).toBe(true);
    await telling[protocol](client).end(transactionId, {
      ...{ wh: 3_345, at: at(0), reason: 'Remote', trigger: 'RemoteStop' },
    });
    expect(await operator.list(identity, 'transactions')).toMatchObject([
      { transactionId, isOpen: false, endReason: 'Remote', energyWh: 2_345 },
    ]);
    expect(told('transaction-ended')).toMatchObject([{ transactionId, reason: 'Remote', energy: 2_345 }]);
    expect(told('command-settled').map(({ status }) => status)).toEqual(['rejected', 'accepted']);
  });
});
