import { only, read, UsageError, wholeNumber } from '../arguments.js';
import { answerOf, itemsOf } from '../client.js';
import type { Command, Surroundings } from '../command.js';
import { details, table, time } from '../table.js';

const options = {
  site: { type: 'string' },
  name: { type: 'string' },
  label: { type: 'string', multiple: true },
  password: { type: 'boolean', default: false },
  limit: { type: 'string', default: '50' },
} as const;

/** Lists charge points, shows one, or registers one. */
export const chargePoints: Command = {
  summary: 'Charge points: all, one, or a new one',
  usage: `csms charge-points                 the first 50 by name
csms charge-points <id>            one, with its connection and its connectors
csms charge-points add <id>        registers one

  --site <name>     those of a site; with add, where it is
  --limit <n>       so many at most (50)
  --name <text>     with add: what it is called
  --label <text>    with add, as often as you like: what it is found by
  --password        with add: give it a password for HTTP Basic, and print that this once

csms charge-points --site "Depot North"
csms charge-points add CP2 --name "Gate 2" --site "Depot North" --label fast --password`,
  async run(args, surroundings) {
    const { values, positionals } = read(args, options);
    if (positionals[0] === 'add') return add(only(positionals.slice(1), 'which charge point'), values, surroundings);
    if (positionals.length > 0) return show(only(positionals, 'which charge point'), values, surroundings);
    return list(values, surroundings);
  },
};

type Values = ReturnType<typeof read<typeof options>>['values'];

async function list(values: Values, { client, print, colours }: Surroundings): Promise<number> {
  if (values.name !== undefined || values.label || values.password) {
    throw new UsageError('--name, --label and --password are for csms charge-points add <id>.');
  }
  const api = client(values);
  const site = values.site === undefined ? {} : { site: values.site };
  const items = await itemsOf(wholeNumber('limit', values.limit), (page) =>
    api.GET('/charge-points', { params: { query: { ...page, ...site } } }),
  );
  if (values.json) return printed(items, print);
  const lines = table(
    [
      { heading: 'charge point', of: (one) => one.chargePointId },
      { heading: 'name', of: (one) => one.displayName },
      { heading: 'site', of: (one) => one.site },
      { heading: 'labels', of: (one) => one.labels?.join(', ') },
      { heading: 'version', of: (one) => one.protocol },
      { heading: 'make and model', of: (one) => modelOf(one) },
      { heading: 'last heard', of: (one) => time(one.seenAt ?? one.bootedAt) },
    ],
    items,
    colours,
  );
  for (const line of lines) print(line);
  return 0;
}

async function show(chargePointId: string, values: Values, { client, print, colours }: Surroundings): Promise<number> {
  const api = client(values);
  const params = { path: { chargePointId } };
  const [one, connectors] = await Promise.all([
    answerOf(api.GET('/charge-points/{chargePointId}', { params })),
    answerOf(api.GET('/charge-points/{chargePointId}/connectors', { params })),
  ]);
  if (values.json) return printed({ ...one, connectors: connectors.items }, print);
  const { isConnected, since, protocol, lastDisconnect } = one.connection;
  const lines = details({
    'charge point': one.chargePointId,
    name: one.displayName,
    site: one.site,
    labels: one.labels?.join(', '),
    connected: isConnected ? `since ${time(since)}, ${protocol}` : 'no',
    'last disconnect': lastDisconnect && `${time(lastDisconnect.at)}, ${lastDisconnect.reason}`,
    'last boot': one.bootedAt && `${time(one.bootedAt)}, ${one.bootReason ?? 'no reason'}: ${one.bootStatus}`,
    'make and model': modelOf(one),
    registration: one.registrationStatus,
    validation: one.validation,
    password: one.hasPassword ? 'yes' : 'no',
  });
  for (const line of lines) print(line);
  if (connectors.items.length === 0) return 0;
  print('');
  const columns = [
    { heading: 'EVSE', of: (each: Connector) => each.evseId },
    { heading: 'connector', of: (each: Connector) => each.connectorId },
    { heading: 'status', of: (each: Connector) => each.status },
    { heading: 'since', of: (each: Connector) => time(each.at) },
  ];
  for (const line of table(columns, connectors.items, colours)) print(line);
  return 0;
}

interface Connector {
  evseId: number;
  connectorId: number;
  status: string;
  at: string;
}

async function add(chargePointId: string, values: Values, { client, print }: Surroundings): Promise<number> {
  const api = client(values);
  const { name: displayName, site, label: labels } = values;
  const said = Object.fromEntries(
    Object.entries({ displayName, site, labels }).filter(([, each]) => each !== undefined),
  );
  const made = await answerOf(api.POST('/charge-points', { body: { chargePointId, ...said } }));
  const params = { path: { chargePointId } };
  const secret = values.password
    ? await answerOf(api.POST('/charge-points/{chargePointId}/password', { params }))
    : undefined;
  if (values.json) return printed({ ...made, ...(secret && { password: secret.password }) }, print);
  print(`${chargePointId} is registered and may connect now.`);
  if (secret) print(`Its user is ${secret.user}, its password ${secret.password} (shown this once).`);
  return 0;
}

function modelOf({ hardware }: { hardware?: { vendor: string; model: string } }): string | undefined {
  return hardware && `${hardware.vendor} ${hardware.model}`;
}

/** For programs. */
export function printed(value: unknown, print: (line: string) => void): number {
  print(JSON.stringify(value, null, 2));
  return 0;
}
