import { only, read, UsageError, wholeNumber } from '../arguments.js';
import { answerOf, itemsOf } from '../client.js';
import type { Command, Surroundings } from '../command.js';
import { changePassword, newPassword, passwordLine } from '../password.js';
import { printDetails, printed, printList, printTable } from '../print.js';
import type { ChargePoint } from '../story/known.js';
import { time } from '../table.js';

const options = {
  site: { type: 'string' },
  name: { type: 'string' },
  label: { type: 'string', multiple: true },
  registration: { type: 'string' },
  validation: { type: 'string' },
  password: { type: 'boolean', default: false },
  remove: { type: 'boolean', default: false },
  limit: { type: 'string', default: '50' },
} as const;

/** Lists charge points, shows one, registers, changes or deletes one, or gives one a password. */
export const chargePoints: Command = {
  summary: 'Charge points: all, one, or a new one; changes, passwords and deletions',
  usage: `csms charge-points                 the first 50 by name
csms charge-points <id>            one, with its connection and its connectors
csms charge-points add <id>        registers one
csms charge-points change <id>     changes what is said of one; '' takes something away
csms charge-points password <id>   gives one a new password for HTTP Basic, and prints that this once
csms charge-points delete <id>     takes one out of the registry; what it told is kept

  --site <name>     those of a site; with add or change, where it is
  --limit <n>       so many at most (50)
  --name <text>     with add or change: what it is called
  --label <text>    those with a label; with add or change, as often as you like: what it is found by, all of it
  --registration <status>   with add or change: Accepted, Pending or Rejected, whatever the stage's is
  --validation <mode>       with add or change: strict or tolerant, whatever the stage's is
  --password        with add: give it a password for HTTP Basic, and print that this once
  --remove          with password: take its password away

csms charge-points --site "Depot North"
csms charge-points --label fast
csms charge-points add CP2 --name "Gate 2" --site "Depot North" --label fast --password
csms charge-points change CP2 --site "Depot South" --name ''
csms charge-points password CP2`,
  async run(args, surroundings) {
    const { values, positionals } = read(args, options);
    const [what, ...more] = positionals;
    const one = () => only(more, 'which charge point');
    if (values.password && what !== 'add') {
      throw new UsageError('--password is for add: say csms charge-points password <id> for one that is registered.');
    }
    if (values.remove && what !== 'password') throw new UsageError('--remove is for csms charge-points password <id>.');
    if (what === 'add') return add(one(), values, surroundings);
    if (what === 'change') return change(one(), values, surroundings);
    const { site, label, ...others } = values;
    if (!isEmpty(saidIn(others))) {
      throw new UsageError('--name, --registration and --validation are for add and change.');
    }
    if (what !== undefined && (site ?? label)) throw new UsageError('--site and --label are not of one charge point.');
    if (what === 'delete') return remove(one(), values, surroundings);
    if (what === 'password') return changePassword(one(), values, surroundings);
    if (what !== undefined) return show(only(positionals, 'which charge point'), values, surroundings);
    return list(values, surroundings);
  },
};

type Values = ReturnType<typeof read<typeof options>>['values'];

async function list(values: Values, surroundings: Surroundings): Promise<number> {
  const api = surroundings.client(values);
  const { site, label } = values;
  const where = {
    ...(site !== undefined && { site }),
    ...(label !== undefined && { label: only(label, 'which label') }),
  };
  const items = await itemsOf(wholeNumber('limit', values.limit), (page) =>
    api.GET('/charge-points', { params: { query: { ...page, ...where } } }),
  );
  return printList(
    items,
    [
      { heading: 'charge point', of: (one) => one.chargePointId },
      { heading: 'connected', of: (one) => (one.connection.isConnected ? 'yes' : 'no') },
      { heading: 'name', of: (one) => one.displayName },
      { heading: 'site', of: (one) => one.site },
      { heading: 'labels', of: (one) => one.labels?.join(', ') },
      { heading: 'version', of: (one) => one.protocol },
      { heading: 'make and model', of: (one) => modelOf(one) },
      { heading: 'last heard', of: (one) => time(one.seenAt ?? one.bootedAt) },
    ],
    values,
    surroundings,
  );
}

async function show(chargePointId: string, values: Values, surroundings: Surroundings): Promise<number> {
  const { print } = surroundings;
  const api = surroundings.client(values);
  const params = { path: { chargePointId } };
  const [one, connectors] = await Promise.all([
    answerOf(api.GET('/charge-points/{chargePointId}', { params })),
    answerOf(api.GET('/charge-points/{chargePointId}/connectors', { params })),
  ]);
  if (values.json) return printed({ ...one, connectors: connectors.items }, print);
  const { isConnected, since, protocol, lastDisconnect } = one.connection;
  const about = {
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
    'security profile': profilesOf(one),
  };
  printDetails(about, print);
  if (connectors.items.length === 0) return 0;
  print('');
  printTable(
    connectors.items,
    [
      { heading: 'EVSE', of: (each) => each.evseId },
      { heading: 'connector', of: (each) => each.connectorId },
      { heading: 'status', of: (each) => each.status },
      { heading: 'since', of: (each) => time(each.at) },
    ],
    surroundings,
  );
  return 0;
}

async function add(chargePointId: string, values: Values, { client, print }: Surroundings): Promise<number> {
  const api = client(values);
  const made = await answerOf(api.POST('/charge-points', { body: { chargePointId, ...saidIn(values) } }));
  const secret = values.password ? await newPassword(chargePointId, api) : undefined;
  if (values.json) return printed({ ...made, ...(secret && { password: secret.password }) }, print);
  print(`${chargePointId} is registered and may connect now.`);
  if (secret) print(passwordLine(secret));
  return 0;
}

async function change(chargePointId: string, values: Values, { client, print }: Surroundings): Promise<number> {
  const said = saidIn(values);
  if (isEmpty(said))
    throw new UsageError('Say what to change: --name, --site, --label, --registration or --validation.');
  const params = { path: { chargePointId } };
  const changed = await answerOf(client(values).PATCH('/charge-points/{chargePointId}', { params, body: said }));
  if (values.json) return printed(changed, print);
  print(`${chargePointId} is changed.`);
  return 0;
}

async function remove(chargePointId: string, values: Values, { client, print }: Surroundings): Promise<number> {
  const params = { path: { chargePointId } };
  await answerOf(client(values).DELETE('/charge-points/{chargePointId}', { params }));
  if (values.json) return printed({ chargePointId }, print);
  print(`${chargePointId} is deleted.`);
  return 0;
}

/** What an operator says of a charge point; null, for an empty text, takes something away. */
function saidIn({ name, site, label, registration, validation }: Values) {
  const labels = label?.filter((each) => each !== '');
  const said = {
    ...{ displayName: name, site, labels: labels?.length === 0 ? '' : labels },
    ...{ registrationStatus: registration, validation },
  };
  const given = Object.entries(said).filter(([, each]) => each !== undefined);
  return Object.fromEntries(given.map(([each, value]) => [each, value === '' ? null : value])) as object;
}

function isEmpty(said: object): boolean {
  return Object.keys(said).length === 0;
}

function profilesOf({ securityProfile: { inUse, reported } }: ChargePoint): string | undefined {
  const parts = [
    ...(inUse === undefined ? [] : [`${inUse} in use`]),
    ...(reported === undefined ? [] : [`${reported} reported`]),
  ];
  return parts.join(', ') || undefined;
}

function modelOf({ hardware }: { hardware?: { vendor: string; model: string } }): string | undefined {
  return hardware && `${hardware.vendor} ${hardware.model}`;
}
