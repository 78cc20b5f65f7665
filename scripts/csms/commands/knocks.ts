import { only, read, UsageError, wholeNumber } from '../arguments.js';
import { answerOf, itemsOf } from '../client.js';
import type { Command, Surroundings } from '../command.js';
import { passwordLine } from '../password.js';
import { printed, printList } from '../print.js';
import { time } from '../table.js';

const options = {
  code: { type: 'string' },
  site: { type: 'string' },
  name: { type: 'string' },
  label: { type: 'string', multiple: true },
  password: { type: 'boolean', default: false },
  limit: { type: 'string', default: '50' },
} as const;
type Values = ReturnType<typeof read<typeof options>>['values'];

const codes = ['not-registered', 'other-namespace', 'no-password', 'wrong-password', 'no-common-subprotocol'] as const;

/** Lists who was refused at the handshake, and lets one in. */
export const knocks: Command = {
  summary: 'Who was refused at the handshake: those that nobody has registered, and one call to accept one',
  usage: `csms knocks                 those that nobody has registered, the last first
csms knocks <id>            one, each reason that there was
csms knocks accept <id>     registers it

  --code <code>     of the list, those refused for another reason: ${codes.slice(1, 4).join(', ')},
                    ${codes[4]}
  --limit <n>       of the list, so many at most (50)
  --site <name>     with accept: where it is
  --name <text>     with accept: what it is called
  --label <text>    with accept, as often as you like: what it is found by
  --password        with accept: give it a password for HTTP Basic, and print that this once

csms knocks
csms knocks --code wrong-password
csms knocks accept CP7 --site "Depot North" --password`,
  async run(args, surroundings) {
    const { values, positionals } = read(args, options);
    if (positionals[0] === 'accept')
      return accept(only(positionals.slice(1), 'which charge point'), values, surroundings);
    if (values.site !== undefined || values.name !== undefined || values.label || values.password) {
      throw new UsageError('--site, --name, --label and --password are for csms knocks accept <id>.');
    }
    return list(positionals.length > 0 ? only(positionals, 'which charge point') : undefined, values, surroundings);
  },
};

async function list(chargePointId: string | undefined, values: Values, surroundings: Surroundings): Promise<number> {
  const code = codes.find((one) => one === values.code);
  if (values.code !== undefined && !code) throw new UsageError(`--code is one of ${codes.join(', ')}.`);
  const api = surroundings.client(values);
  const items =
    chargePointId === undefined
      ? await itemsOf(wholeNumber('limit', values.limit), (page) =>
          api.GET('/knocks', { params: { query: { ...page, ...(code && { code }) } } }),
        )
      : (await answerOf(api.GET('/charge-points/{chargePointId}/knocks', { params: { path: { chargePointId } } })))
          .items;
  return printList(
    items,
    [
      { heading: 'charge point', of: (one) => one.chargePointId },
      { heading: 'refused as', of: (one) => one.code },
      { heading: 'times', of: (one) => one.times },
      { heading: 'first', of: (one) => time(one.firstAt) },
      { heading: 'last', of: (one) => time(one.lastAt) },
      { heading: 'from', of: (one) => one.address },
      { heading: 'offers', of: (one) => one.subprotocols },
      { heading: 'credentials', of: (one) => (one.hasCredentials ? 'yes' : 'no') },
      { heading: 'software', of: (one) => one.userAgent },
    ],
    values,
    surroundings,
  );
}

async function accept(chargePointId: string, values: Values, { client, print }: Surroundings): Promise<number> {
  const { name: displayName, site, label: labels } = values;
  const said = Object.fromEntries(
    Object.entries({ displayName, site, labels }).filter(([, each]) => each !== undefined),
  );
  const params = { path: { chargePointId } };
  const made = await answerOf(
    client(values).POST('/knocks/{chargePointId}/accept', { params, body: { ...said, password: values.password } }),
  );
  const { password } = made;
  if (values.json) return printed(made, print);
  print(`${chargePointId} is registered and may connect now.`);
  if (password !== undefined) print(passwordLine({ user: chargePointId, password }));
  return 0;
}
