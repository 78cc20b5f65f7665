import assert from 'node:assert/strict';
import type { Step } from '../trial.js';
import { admin } from './operator.js';

/** What operators read and configure of a charge point by the API. */
export const domain: Step[] = [
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
