import { parseArgs } from 'node:util';
import { type FaultPlan, planNamed } from './faults/plan.js';

export interface StartOptions {
  port: number;
  mqttPort: number;
  endpointPort: number;
  host: string;
  things: string[];
  /** A folder; undefined keeps nothing. */
  keepIn: string | undefined;
  /** The API token of an administrator; undefined makes one. */
  token: string | undefined;
  demo: boolean;
  watch: boolean;
  /** What goes wrong on purpose; undefined is nothing. */
  deliveries: FaultPlan | undefined;
}

export const usage = `npm start -- [options]      runs the whole system on this machine, without an AWS account

  --port <n>            where charge points connect (9000)
  --mqtt-port <n>       where MQTT clients connect (1883)
  --endpoint-port <n>   where AWS SDK clients connect (9001)
  --host <address>      127.0.0.1, or 0.0.0.0 so that a real charge point on your network can connect
  --things <a,b,…>      things to register (CP1)
  --keep-in <folder>    where things, shadows, tables and files are kept (.local)
  --ephemeral           keep nothing
  --token <text>        the API token of an administrator, at least 16 characters (a new one at each start)
  --demo, --no-demo     whether a simulated charge point connects as the first thing (on a terminal it does)
  --watch               a changed function is live in about a second
  --deliveries <how>    chaos:<seed> repeats, delays and reorders messages and lets calls to AWS fail, but no charge point
                        is to notice; outages:<seed> is worse. Each fault is told; a seed's are always the same
  --help                this text`;

/** A flag that can't be meant. */
export class UsageError extends Error {}

/** @throws {UsageError} in one sentence */
export function readOptions(args: string[], isTerminal: boolean): StartOptions | 'help' {
  const values = parse(args);
  if (values.help) return 'help';
  return {
    port: portOf('--port', values.port),
    mqttPort: portOf('--mqtt-port', values['mqtt-port']),
    endpointPort: portOf('--endpoint-port', values['endpoint-port']),
    host: values.host,
    things: values.things.split(',').filter(Boolean),
    keepIn: values.ephemeral ? undefined : values['keep-in'],
    token: tokenOf(values.token),
    demo: values.demo ?? isTerminal,
    watch: values.watch,
    deliveries: planOf(values.deliveries),
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowNegative: true,
      options: {
        port: { type: 'string', default: '9000' },
        'mqtt-port': { type: 'string', default: '1883' },
        'endpoint-port': { type: 'string', default: '9001' },
        host: { type: 'string', default: '127.0.0.1' },
        things: { type: 'string', default: 'CP1' },
        'keep-in': { type: 'string', default: '.local' },
        ephemeral: { type: 'boolean', default: false },
        token: { type: 'string' },
        demo: { type: 'boolean' },
        watch: { type: 'boolean', default: false },
        deliveries: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message.split('. ')[0] ?? '');
  }
}

function portOf(flag: string, value: string): number {
  const port = Number(value);
  if (!/^\d+$/.test(value) || port > 65535) throw new UsageError(`${flag} ${value} is not a port`);
  return port;
}

function tokenOf(value: string | undefined): string | undefined {
  if (value === undefined || /^[\x21-\x7e]{16,200}$/.test(value)) return value;
  throw new UsageError(`--token ${value} is no 16 to 200 characters without a space`);
}

function planOf(value: string | undefined): FaultPlan | undefined {
  if (value === undefined) return undefined;
  const plan = planNamed(value);
  if (!plan) throw new UsageError(`--deliveries ${value} is neither chaos:<seed> nor outages:<seed>, such as chaos:7`);
  return plan;
}
