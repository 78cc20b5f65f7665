import { only, payloadIn, read, UsageError, wholeNumber } from '../arguments.js';
import { answerOf, itemsOf } from '../client.js';
import type { Command, Surroundings } from '../command.js';
import { printDetails, printed, printList, printTable } from '../print.js';
import { time } from '../table.js';
import { bodyOf } from './send.js';

const options = {
  id: { type: 'string', multiple: true },
  site: { type: 'string' },
  all: { type: 'boolean', default: false },
  label: { type: 'string', multiple: true },
  protocol: { type: 'string' },
  vendor: { type: 'string' },
  model: { type: 'string' },
  firmware: { type: 'string' },
  deadline: { type: 'string' },
  'json-payload': { type: 'string' },
  install: { type: 'string' },
  profile: { type: 'string' },
  open: { type: 'boolean', default: false },
  limit: { type: 'string', default: '50' },
} as const;

/** Lists tasks, shows one, makes one, or cancels one. */
export const tasks: Command = {
  summary: 'Tasks: one command to many charge points',
  usage: `csms tasks                     the newest 50
csms tasks <task>              one, with what became of each charge point
csms tasks create <action>     asks charge points, and prints the task's id
csms tasks cancel <task>       nobody else is asked, and what waits is not sent

  --limit <n>             so many tasks, or charge points, at most (50)
  --open                  of a task: only charge points that are not settled

With create, one of these three:
  --id <id>               a charge point, as often as you like
  --site <name>           those of a site
  --all                   all
of these only those that have what you say:
  --label <text>          a label, as often as you like
  --protocol <version>    ocpp1.6, ocpp2.0.1 or ocpp2.1
  --vendor, --model, --firmware <text>
and:
  --<member> <value>      a member of the payload; its value is JSON where it can be, and a text otherwise
  --json-payload <json>   the payload, instead of its members
  --install <firmware>    of a firmware update: one of csms firmware
  --profile <name>        of SetChargingProfile: one of the stage's library
  --deadline <time>       until when: 2026-05-21T04:00:00Z (a day from now)

csms tasks create Reset --site "Depot North" --label fast --type OnIdle
csms tasks create UpdateFirmware --all --model Wallbox --install wallbox-1.3.bin
csms tasks 01JXAMPLE0000000000000000 --open`,
  async run(args, surroundings) {
    const { rest, payload } = args[0] === 'create' ? payloadIn(args, options) : { rest: args, payload: {} };
    const { values, positionals } = read(rest, options);
    const [verb, ...others] = positionals;
    if (verb === 'create') return create(only(others, 'which action'), payload, values, surroundings);
    if (verb === 'cancel') return cancel(only(others, 'which task'), values, surroundings);
    if (verb === undefined) return list(values, surroundings);
    return show(only(positionals, 'which task'), values, surroundings);
  },
};

type Values = ReturnType<typeof read<typeof options>>['values'];

async function list(values: Values, surroundings: Surroundings): Promise<number> {
  const api = surroundings.client(values);
  const items = await itemsOf(wholeNumber('limit', values.limit), (page) =>
    api.GET('/tasks', { params: { query: page } }),
  );
  return printList(
    items,
    [
      { heading: 'task', of: (one) => one.taskId },
      { heading: 'action', of: (one) => one.action },
      { heading: 'charge points', of: (one) => selected(one.selection) },
      { heading: 'made', of: (one) => time(one.createdAt) },
      { heading: 'status', of: (one) => statusOf(one) },
    ],
    values,
    surroundings,
  );
}

async function show(taskId: string, values: Values, surroundings: Surroundings): Promise<number> {
  const { print } = surroundings;
  const api = surroundings.client(values);
  const path = { taskId };
  const task = await answerOf(api.GET('/tasks/{taskId}', { params: { path } }));
  const items = await itemsOf(wholeNumber('limit', values.limit), (page) =>
    api.GET('/tasks/{taskId}/charge-points', {
      params: { path, query: { ...page, ...(values.open && { status: 'queued' }) } },
    }),
  );
  if (values.json) return printed({ ...task, chargePoints: items }, print);
  const about = {
    task: taskId,
    action: `${task.action} ${JSON.stringify(task.payload)}`,
    'charge points': selected(task.selection),
    made: time(task.createdAt),
    deadline: time(task.deadline),
    status: statusOf(task),
    progress: Object.entries(task.progress)
      .map(([status, count]) => `${count} ${status}`)
      .join(', '),
  };
  printDetails(about, print);
  if (items.length === 0) return 0;
  print('');
  printTable(
    items,
    [
      { heading: 'charge point', of: (one) => one.chargePointId },
      { heading: 'status', of: (one) => one.status },
      { heading: 'reason', of: (one) => one.reason },
    ],
    surroundings,
  );
  return 0;
}

async function create(
  action: string,
  members: Record<string, unknown>,
  values: Values,
  { client, print }: Surroundings,
): Promise<number> {
  const { id: chargePointIds, site, all, label: labels, protocol, vendor, model, firmware, deadline } = values;
  if ([chargePointIds, site, all || undefined].filter((place) => place !== undefined).length !== 1) {
    throw new UsageError('Say one of --id, --site and --all.');
  }
  const firmwareVersion = firmware;
  const places = { chargePointIds, site, all: all || undefined };
  const selection = given({ ...places, ...{ labels, protocol, vendor, model, firmwareVersion } });
  const payload = bodyOf(values['json-payload'], members);
  // What the API takes of these it says itself.
  const named = given({ firmware: values.install, profile: values.profile, deadline });
  const body = { action, payload, selection: selection as object, ...named };
  const task = await answerOf(client(values).POST('/tasks', { body }));
  if (values.json) return printed(task, print);
  print(`${task.taskId} asks ${selected(task.selection)} until ${time(task.deadline)}.`);
  return 0;
}

async function cancel(taskId: string, values: Values, { client, print }: Surroundings): Promise<number> {
  const task = await answerOf(client(values).DELETE('/tasks/{taskId}', { params: { path: { taskId } } }));
  if (values.json) return printed(task, print);
  print(`${taskId} is cancelled.`);
  return 0;
}

/** Only what has a value. */
function given(members: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

function statusOf({ status, cancelledAt }: { status: string; cancelledAt?: string }): string {
  return cancelledAt === undefined ? status : `${status}, cancelled`;
}

/** Which charge points, in a few words. */
function selected(selection: Record<string, unknown>): string {
  const { chargePointIds, all: _, ...others } = selection;
  const named = Array.isArray(chargePointIds) ? [`${chargePointIds.length} named`] : [];
  const rest = Object.entries(others).map(([name, value]) => `${name} ${[value].flat().join(', ')}`);
  return [...named, ...rest].join('; ') || 'all';
}
