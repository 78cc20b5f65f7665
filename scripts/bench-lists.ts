import { operations } from '../api/operations.js';
import { adminToken } from '../start/admin-token.js';
import { compile } from '../start/compile.js';
import { startSystem } from '../start/system.js';
import './any-node.js';
import { requestsOf } from './bench-lists/requests.js';
import { count, seed } from './bench-lists/seed.js';

/** `npm run bench:lists`: what the first page of each list takes with many charge points and transactions, in the embedded AWS. */
const warmUp = 10;
const measured = 60;

const anyPort = { host: '127.0.0.1', port: 0, mqttPort: 0, endpointPort: 0 };
const system = await startSystem({ template: await compile({ stage: 'dev' }), ...anyPort, onError: console.error });
try {
  const now = Date.now();
  const token = await adminToken(system);
  await seed(system, now);
  const requests = requestsOf(now);
  const isList = ({ method, query }: (typeof operations)[number]) =>
    method === 'GET' && 'cursor' in (query as unknown as { shape: object }).shape;
  console.log(
    `\n${count.chargePoints} charge points, ${count.transactions} transactions, ${measured} requests each, in ms`,
  );
  console.log(`${'median'.padStart(8)}${'p95'.padStart(8)}${'fastest'.padStart(9)}${'items'.padStart(7)}`);
  for (const path of Object.values(requests).flat()) {
    const times: number[] = [];
    let items = 0;
    for (let n = 0; n < warmUp + measured; n += 1) {
      const begun = performance.now();
      const response = await fetch(`http://127.0.0.1:${system.stack.edge.port}/api/v1${path}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      const body = (await response.json()) as { items?: unknown[]; series?: { points: unknown[] }[]; detail?: string };
      if (n >= warmUp) times.push(performance.now() - begun);
      if (!response.ok) throw new Error(`${path}: ${response.status} ${body.detail}`);
      items = (body.items ?? body.series?.[0]?.points ?? []).length;
    }
    times.sort((a, b) => a - b);
    const part = (of: number) => (times[Math.floor(times.length * of)] ?? 0).toFixed(1).padStart(8);
    console.log(`${part(0.5)}${part(0.95)}${part(0).padStart(9)}${String(items).padStart(7)}   ${path}`);
  }
  const missing = operations.filter((one) => isList(one) && !Object.hasOwn(requests, one.id)).map(({ id }) => id);
  if (missing.length > 0) console.log(`\nnot measured: ${missing.join(', ')}`);
} finally {
  await system.close();
}
