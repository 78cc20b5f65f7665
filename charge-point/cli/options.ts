import { parseArgs } from 'node:util';
import type { Hardware } from '../messages/messages.js';
import { type Protocol, protocolNamed, protocols } from '../protocols.js';
import { defaultHardware, defaultIdToken } from '../run-scenario.js';
import { type Scenario, type ScenarioName, scenarios } from '../scenarios/scenarios.js';

export interface SimulatorOptions {
  url: string;
  identity: string;
  protocol: Protocol;
  password?: string;
  hardware: Partial<Hardware>;
  scenario: Scenario;
  idToken: string;
}

/** What each scenario is, for the help text. */
const about: Record<ScenarioName, string> = {
  boot: 'boots, sends Heartbeats and does what it is asked until it is ended',
  session: 'charges a car for a minute: cable first, then the token, which ends it too',
  'offline-replay': 'charges a car while there is no network, and tells of it afterwards',
  'power-loss': 'charges a car, is without power for 20 s, boots and ends what it remembers',
};

const scenarioLines = Object.entries(about)
  .map(([name, text]) => `${' '.repeat(23)}${name.padEnd(16)}${text}`)
  .join('\n');

/** A mistake in the flags, told in one sentence. */
export class UsageError extends Error {}

export const usage = `Usage: npm run simulate -- [options]

Plays one simulated charge point and prints each frame, until its scenario ends or Ctrl-C does.

  --url URL            where charge points connect, ws:// or wss:// (ws://localhost:9000)
  --cp-id ID           the charge point's identity, the name of its IoT Thing (CP1)
  --protocol NAME      ${protocols.join(', ')} (ocpp2.0.1)
  --scenario NAME      what it does (boot):
${scenarioLines}
  --id-token TEXT      the driver's, to be found in IdTokensTable (${defaultIdToken})
  --password TEXT      Basic auth password, where its security profile asks for one
  --cp-serial TEXT     serial number (${defaultHardware.serial})
  --cp-model TEXT      model (${defaultHardware.model})
  --cp-version TEXT    firmware version (${defaultHardware.version})
  --cp-vendor TEXT     vendor (${defaultHardware.vendor})
  --help               this text`;

/** Reads the flags of the simulator; `help` when that was asked for. @throws {UsageError} */
export function readOptions(args: string[]): SimulatorOptions | 'help' {
  const flags = parse(args);
  if (flags.help) return 'help';
  if (!/^wss?:/.test(flags.url) || !URL.canParse(flags.url)) {
    throw new UsageError(`--url ${flags.url} is no WebSocket URL: give one like ws://localhost:9000.`);
  }
  if (flags['cp-id'] === '') throw new UsageError('--cp-id is empty: give the name of an IoT Thing.');
  const protocol = protocolNamed(flags.protocol);
  if (!protocol) {
    throw new UsageError(`--protocol ${flags.protocol} is not known: it is one of ${protocols.join(', ')}.`);
  }
  const scenario = new Map<string, Scenario>(Object.entries(scenarios)).get(flags.scenario);
  if (!scenario) {
    throw new UsageError(
      `--scenario ${flags.scenario} is not known: it is one of ${Object.keys(scenarios).join(', ')}.`,
    );
  }
  return {
    url: flags.url,
    identity: flags['cp-id'],
    protocol,
    ...(flags.password !== undefined && { password: flags.password }),
    scenario,
    idToken: flags['id-token'],
    hardware: {
      serial: flags['cp-serial'],
      model: flags['cp-model'],
      version: flags['cp-version'],
      vendor: flags['cp-vendor'],
    },
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        url: { type: 'string', default: 'ws://localhost:9000' },
        'cp-id': { type: 'string', default: 'CP1' },
        protocol: { type: 'string', default: 'ocpp2.0.1' },
        scenario: { type: 'string', default: 'boot' },
        'id-token': { type: 'string', default: defaultIdToken },
        password: { type: 'string' },
        'cp-serial': { type: 'string', default: defaultHardware.serial },
        'cp-model': { type: 'string', default: defaultHardware.model },
        'cp-version': { type: 'string', default: defaultHardware.version },
        'cp-vendor': { type: 'string', default: defaultHardware.vendor },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    // Node's hint on positional arguments after the first sentence does not fit here.
    const [sentence] = (error as Error).message.split(/\.\s/);
    throw new UsageError(`${sentence?.replace(/\.$/, '')}.`, { cause: error });
  }
}
