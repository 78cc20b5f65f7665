import assert from 'node:assert/strict';
import { boot } from '../boot.js';
import type { Step } from '../trial.js';
import { admin } from './operator.js';

/** What operators read and configure of a charge point by the API. */
export const domain: Step[] = [
  [
    'the API tells what a charge point has and is, and who is connected',
    async (trial) => {
      const ask = await admin(trial);
      const { identity, socket } = await trial.connected();
      await trial.call(socket, 'NotifyReport', {
        ...{ requestId: 1, seqNo: 0, generatedAt: new Date(trial.account.clock.now()) },
        reportData: [
          {
            ...{ component: { name: 'SecurityCtrlr' }, variable: { name: 'SecurityProfile' } },
            variableAttribute: [{ value: '2' }],
          },
        ],
      });
      const path = `/charge-points/${identity}`;
      assert.deepEqual((await ask(`GET ${path}`)).body.securityProfile, { reported: 2, inUse: 0 });
      const { items } = (await ask(`GET ${path}/variables?component=SecurityCtrlr`)).body;
      assert.equal(items[0].variables[0].key, 'SecurityCtrlr/SecurityProfile');
      const limit = { chargingLimitSource: 'EMS' };
      await trial.call(socket, 'NotifyChargingLimit', { evseId: 1, chargingLimit: limit });
      const limits = (await ask(`GET ${path}/inventory?kind=charging-limit`)).body.items;
      assert.equal(limits[0].key, 'EMS#1');
      const all = (await ask('GET /charge-points?limit=100')).body.items;
      const own = all.find(({ chargePointId }: { chargePointId: string }) => chargePointId === identity);
      assert.equal(own.connection.isConnected, true);
    },
  ],
  [
    'the API configures a charge point',
    async (trial) => {
      const ask = await admin(trial);
      const { identity, socket } = await trial.connected();
      await trial.call(socket, 'BootNotification', boot);
      const path = `/charge-points/${identity}/configuration`;
      const key = 'OCPPCommCtrlr/HeartbeatInterval';
      await ask(`PATCH ${path}`, { [key]: '600' });
      const [type, id, action, payload] = await trial.frame(socket);
      assert.deepEqual([type, action], [2, 'SetVariables']);
      const { tag, items } = await (async () => {
        const { headers, body } = await ask(`GET ${path}`);
        return { tag: headers.get('etag'), items: body.items };
      })();
      assert.deepEqual([items[0].key, items[0].status], [key, 'asked']);
      const [{ attributeValue: _, ...variable }] = (
        payload as { setVariableData: [object & { attributeValue: string }] }
      ).setVariableData;
      socket.send(JSON.stringify([3, id, { setVariableResult: [{ ...variable, attributeStatus: 'Accepted' }] }]));
      await trial.account.clock.idle();
      assert.equal((await ask(`GET ${path}`)).body.items[0].status, 'taken');
      const late = await admin(trial, (status) => status === 412);
      await late(`PATCH ${path}`, { [key]: '300' }, { 'if-match': String(tag) });
    },
  ],
  [
    'the API takes firmware, hands it out and deletes it',
    async (trial) => {
      const ask = await admin(trial);
      const { url } = (await ask('POST /firmware/used.bin/upload')).body;
      assert.equal((await fetch(url, { method: 'PUT', body: 'firmware' })).status, 200);
      assert.equal((await ask('GET /firmware')).body.items[0].name, 'used.bin');
      const download = (await ask('GET /firmware/used.bin')).body.url;
      assert.equal(await (await fetch(download)).text(), 'firmware');
      await ask('DELETE /firmware/used.bin');
    },
  ],
  [
    'the API tells what became of a log',
    async (trial) => {
      const ask = await admin(trial);
      const { identity, socket } = await trial.connected();
      await trial.call(socket, 'LogStatusNotification', { status: 'Uploading', requestId: 7 });
      const jobs = `/charge-points/${identity}/jobs`;
      assert.equal((await ask(`GET ${jobs}`)).body.items[0].status, 'Uploading');
      assert.equal((await ask(`GET ${jobs}/log/7`)).body.status, 'Uploading');
    },
  ],
];
