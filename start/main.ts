import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { frameLine } from '../charge-point/cli/lines.js';
import { connectChargePoint, scenarios, startChargePoint } from '../charge-point/index.js';
import { adminToken } from './admin-token.js';
import { bill } from './bill.js';
import { compile } from './compile.js';
import { type PlannedFaults, plannedFaults } from './faults/plan.js';
import { FolderInUse } from './folder.js';
import { localStage } from './local-stage.js';
import { readOptions, type StartOptions, UsageError, usage } from './options.js';
import { type System, startSystem } from './system.js';
import { logLine, reachableHost } from './terminal.js';
import { watchFunctions } from './watch.js';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The thing that tries the way of a message before the system is said to be ready. */
const selfCheck = 'self-check';

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.stdout.isTTY === true);
  if (options === 'help') return console.log(usage);

  const begun = Date.now();
  const faults = options.deliveries && plannedFaults(options.deliveries, (line) => console.error(`fault: ${line}`));
  const system = await start(options, faults);
  const ended = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ended.abort());

  for (const thing of options.things) await system.register(thing);
  printUrls(options, system, await adminToken(system, options.token));
  await checkEveryHop(system);
  console.log(`ready in ${((Date.now() - begun) / 1000).toFixed(1)} s: a BootNotification went through every hop`);
  if (options.deliveries)
    console.error(`deliveries ${options.deliveries.strength}:${options.deliveries.seed} from now on`);
  faults?.begin();

  const stopWatching = options.watch
    ? await watchFunctions(root, system.stack, system.account.lambda, console.log)
    : () => {};
  const [simulated] = options.demo ? options.things : [];
  const demo =
    simulated && runDemo(simulated, system, ended.signal).catch((error) => console.error(`demo: ${explain(error)}`));
  await aborted(ended.signal);
  stopWatching();
  faults?.cease();
  await demo;
  const { meter } = system.account;
  await system.close().finally(() => {
    for (const line of bill(meter.totals())) console.log(line);
  });
}

async function start(
  { port, host, mqttPort, endpointPort, keepIn }: StartOptions,
  faults: PlannedFaults | undefined,
): Promise<System> {
  const onCompile = () => console.log('compiling the template and the functions, once and when they have changed');
  return startSystem({
    template: await compile({ ...localStage, onCompile }),
    port,
    host,
    mqttPort,
    endpointPort,
    ...(keepIn && { folder: resolve(keepIn) }),
    ...(faults && { faults }),
    onError: (message) => console.error(message),
    onLog: (functionName, line) => console.error(logLine(functionName, line)),
    onHandshake: ({ identity, status }) => {
      if (status === 404 && identity) {
        console.log(`${identity} knocked and is not registered. To register it: npm run register -- ${identity}`);
      }
    },
  });
}

function printUrls({ host, things }: StartOptions, { stack, account }: System, token: string): void {
  const { port } = stack.edge;
  const shown = reachableHost(host);
  console.log(`charge points   ws://${shown}:${port}/<identity>`);
  console.log(`API             http://${shown}:${port}/api/v1   described in /api/v1/docs`);
  console.log(`admin token     ${token}`);
  console.log(
    `sign in         ${account.endpoint.url}/issuer/token   POST username=<name>&role=<viewer|operator|admin>`,
  );
  console.log(`MQTT            mqtt://${shown}:${account.iot.broker.port}   topics +/in, +/out, +/events/+`);
  console.log(`AWS SDK         ${account.endpoint.url}/<service>`);
  console.log(`files           ${account.endpoint.url}/s3/<bucket>/<key>`);
  console.log(`registered      ${things.join(', ')}`);
}

/** A charge point of the system's own boots, so that all that is between has been seen to work. */
async function checkEveryHop({ stack, register, unregister }: System): Promise<void> {
  await register(selfCheck);
  const chargePoint = await connectChargePoint({
    url: localUrl(stack.edge.port),
    identity: selfCheck,
    protocol: 'ocpp2.0.1',
  });
  const chargingStation = { model: 'self-check', vendorName: 'serverless-csms' };
  await chargePoint.call('BootNotification', { reason: 'PowerUp', chargingStation });
  await chargePoint.close();
  await unregister(selfCheck);
}

async function runDemo(identity: string, { stack }: System, signal: AbortSignal): Promise<void> {
  await startChargePoint({
    url: localUrl(stack.edge.port),
    identity,
    protocol: 'ocpp2.0.1',
    scenario: scenarios.boot,
    onFrame: (direction, text) => console.log(frameLine(identity, direction, text, process.stdout.isTTY === true)),
    signal,
  });
}

function localUrl(port: number): string {
  return `ws://127.0.0.1:${port}/`;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** What the user can mend is told in a sentence; anything else is a defect, and shows where. */
function explain(error: unknown): string {
  if (error instanceof UsageError) return `${error.message}.\n\n${usage}`;
  const { code, port } = ((error as Error).cause ?? error) as { code?: string; port?: number };
  if (code === 'EADDRINUSE') {
    return `Port ${port} is taken, by another npm start perhaps: end that, or choose another port (npm start -- --help).`;
  }
  if (error instanceof FolderInUse) return error.message;
  return String((error as Error).stack ?? error);
}

main().catch((error) => {
  console.error(explain(error));
  process.exit(1);
});
