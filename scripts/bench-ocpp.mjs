// What the generated validators cost: node scripts/bench-ocpp.mjs
import { execFileSync } from 'node:child_process';

const at = '2026-01-31T12:00:00Z';
/** @type {[version: string, action: string, payload: object][]} */
const MESSAGES = [
  ['ocpp1.6', 'BootNotification', { chargePointVendor: 'Acme', chargePointModel: 'One', firmwareVersion: '1.0' }],
  ['ocpp1.6', 'MeterValues', { connectorId: 1, transactionId: 7, meterValue: meterValues('120.5') }],
  ['ocpp2.0.1', 'TransactionEvent', transactionEvent()],
  ['ocpp2.1', 'TransactionEvent', transactionEvent()],
];

if (process.argv[2] === undefined) {
  for (const index of MESSAGES.keys()) {
    process.stdout.write(execFileSync(process.execPath, [process.argv[1] ?? '', String(index)]));
  }
} else {
  // In a process of its own: only the first message of a process is a cold one.
  const [version, action, payload] = MESSAGES[Number(process.argv[2])] ?? fail('no such message');
  const start = performance.now();
  const { request } = await import(`../schemas/generated/${version}/${action}.js`);
  const imported = performance.now();
  if (!request(payload)) fail(JSON.stringify(request.errors));
  const validated = performance.now();
  const { ordered } = await import('../schemas/generated/runtime.js');
  const ms = (/** @type {number} */ time) => time.toFixed(2);
  console.log(
    `${version} ${action}: import ${ms(imported - start)} ms, first validation ${ms(validated - imported)} ms, ` +
      `then ${ms(micros(() => request(payload)))} µs; ordered ${ms(micros(() => ordered(request.schema, payload)))} µs`,
  );
}

/** @param {() => unknown} run */
function micros(run) {
  const times = 200_000;
  const start = performance.now();
  for (let i = 0; i < times; i++) run();
  return ((performance.now() - start) / times) * 1000;
}

/** @param {string | number} value */
function meterValues(value) {
  const measurands = ['Energy.Active.Import.Register', 'Power.Active.Import', 'Voltage', 'SoC'];
  return [
    { timestamp: at, sampledValue: measurands.map((measurand) => ({ value, context: 'Sample.Periodic', measurand })) },
  ];
}

function transactionEvent() {
  const event = { eventType: 'Updated', timestamp: at, triggerReason: 'MeterValuePeriodic', seqNo: 3 };
  return {
    ...event,
    transactionInfo: { transactionId: 'T1', chargingState: 'Charging' },
    evse: { id: 1 },
    meterValue: meterValues(120.5),
  };
}

/**
 * @param {string} why
 * @returns {never}
 */
function fail(why) {
  throw new Error(why);
}
