import { Socket } from 'node:net';
import { connectAsync } from 'mqtt';
import { connectChargePoint } from '../charge-point/index.js';
import { compile } from '../start/compile.js';
import { startSystem } from '../start/system.js';

/** `npm run bench:commands`: what a command to a connected charge point takes, through the embedded AWS. */
const warmUp = 100;
const measured = 500;
const identity = 'BENCH1';

/** Milliseconds of one command. */
interface Taken {
  /** From its publication on `{id}/out` until the charge point has it. */
  toChargePoint: number;
  /** From its answer until `command-settled`. */
  settling: number;
  all: number;
}

const anyPort = { host: '127.0.0.1', port: 0, mqttPort: 0, endpointPort: 0 };
const system = await startSystem({ template: await compile({ stage: 'dev' }), ...anyPort, onError: console.error });
try {
  await system.register(identity);
  const mqtt = await connectAsync(`mqtt://127.0.0.1:${system.account.iot.broker.port}`);
  // Otherwise the kernel holds a CALL back until the broker has acknowledged what was said before, 40 ms.
  if (mqtt.stream instanceof Socket) mqtt.stream.setNoDelay(true);
  await mqtt.subscribeAsync([`${identity}/events/connected`, `${identity}/events/command-settled`], { qos: 1 });
  /** By command, or of the connection. */
  const waiting = new Map<string, () => void>();
  mqtt.on('message', (_topic, payload) => waiting.get(JSON.parse(payload.toString()).commandId ?? '')?.());
  const heard = (id: string) =>
    new Promise<number>((resolve) => {
      waiting.set(id, () => {
        waiting.delete(id);
        resolve(performance.now());
      });
    });

  let arrivedAt = 0;
  const connected = heard('');
  const chargePoint = await connectChargePoint({
    ...{ url: system.stack.url, identity, protocol: 'ocpp2.0.1' },
    handlers: {
      ClearCache: () => {
        arrivedAt = performance.now();
        return { status: 'Accepted' };
      },
    },
  });
  await connected;
  const chargingStation = { model: 'Wallbox', vendorName: 'Acme' };
  await chargePoint.call('BootNotification', { reason: 'PowerUp', chargingStation });

  const all: Taken[] = [];
  for (let n = 0; n < warmUp + measured; n++) {
    const settled = heard(`m${n}`);
    const begun = performance.now();
    mqtt.publish(`${identity}/out`, JSON.stringify([2, `m${n}`, 'ClearCache', {}]), { qos: 1 });
    const ended = await settled;
    all.push({ toChargePoint: arrivedAt - begun, settling: ended - arrivedAt, all: ended - begun });
  }
  print('published → at the charge point', (taken) => taken.toChargePoint);
  print('answered → command-settled', (taken) => taken.settling);
  print('published → command-settled', (taken) => taken.all);
  await chargePoint.close();
  await mqtt.endAsync();

  function print(title: string, of: (taken: Taken) => number): void {
    const sorted = all
      .slice(warmUp)
      .map(of)
      .sort((a, b) => a - b);
    const at = (part: number) => sorted[Math.floor(sorted.length * part)]?.toFixed(1);
    console.log(`${title}: median ${at(0.5)} ms, fastest ${at(0)} ms, 95 of 100 within ${at(0.95)} ms`);
  }
} finally {
  await system.close();
}
