import { userInfo } from 'node:os';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { expiryAt } from '../aws/expiry.js';
import { type Role, roles, type Scope } from '../csms/access/ports.js';
import { marksOf, newToken } from '../csms/access/token.js';
import { clientAt, explained, placeOptions, placeUsage, tableAt } from './place.js';
import { type Given, runScript, type Script } from './script.js';
import { UsageError } from './usage.js';

const usage = `npm run token -- <name> [options]      makes an API token and prints it; the first one that a stage has, for example

  --role <role>         viewer, operator or admin (admin)
  --site <name>         for the charge points of a site only, as often as you like
  --charge-point <id>   for one charge point only, as often as you like
  --days <n>            how long it is good (90)
  --table <name>        with --deployed: the stack's output ApiTokensTable
${placeUsage}

export CSMS_TOKEN=$(npm run token --silent -- first --deployed --table <output ApiTokensTable>)`;

const options = {
  ...placeOptions,
  role: { type: 'string', default: 'admin' },
  site: { type: 'string', multiple: true },
  'charge-point': { type: 'string', multiple: true },
  days: { type: 'string', default: '90' },
} as const;

type Values = Given<typeof options>['values'];

async function make(name: string, days: number, TableName: string, values: Values): Promise<string> {
  const now = Date.now();
  const token = newToken();
  const { tokenId, hash } = marksOf(token);
  const expiry = now + days * 24 * 60 * 60_000;
  const times = { createdAt: new Date(now).toISOString(), expiresAt: new Date(expiry).toISOString() };
  const { site: sites, 'charge-point': chargePointIds } = values;
  const scope: Scope = { ...(sites && { sites }), ...(chargePointIds && { chargePointIds }) };
  const about = {
    name,
    role: values.role,
    ...((sites ?? chargePointIds) && { scope }),
    createdBy: `npm run token (${userInfo().username})`,
    expires: expiryAt(times.expiresAt),
  };
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(clientAt(values, 'dynamodb')));
  await client.send(new PutCommand({ TableName, Item: { list: 'tokens', tokenId, hash, ...about, ...times } }));
  return token;
}

const script: Script<typeof options> = {
  usage,
  options,
  allowPositionals: true,
  async run({ values, positionals }) {
    const [name = ''] = positionals;
    const days = Number(values.days);
    if (positionals.length !== 1) {
      throw new UsageError('Give one name, such as that of the program that will use the token.');
    }
    if (!roles.includes(values.role as Role)) {
      throw new UsageError(`--role is one of ${roles.join(', ')}, not ${values.role}.`);
    }
    if (!Number.isInteger(days) || days < 1 || days > 366) {
      throw new UsageError(`--days is a number from 1 to 366, not ${values.days}.`);
    }
    const table = tableAt(values, 'ApiTokensTable');
    try {
      console.log(await make(name, days, table, values));
    } catch (error) {
      throw explained(error, { ...values, table });
    }
    return 0;
  },
};

process.exitCode = await runScript(script, process.argv.slice(2), console);
