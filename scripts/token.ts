import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { type Role, roles, type Scope } from '../csms/access/ports.js';
import { marksOf, newToken } from '../csms/access/token.js';

const usage = `npm run token -- <name> [options]      makes an API token and prints it; the first one that a stage has, for example

  --role <role>         viewer, operator or admin (admin)
  --site <name>         for the charge points of a site only, as often as you like
  --charge-point <id>   for one charge point only, as often as you like
  --days <n>            how long it is good (90)
  --deployed            in your AWS account, with your credentials, instead of the system that runs on this machine
  --table <name>        with --deployed: the stack's output ApiTokensTable
  --endpoint <url>      where the system on this machine has its AWS SDK endpoint (http://127.0.0.1:9001)
  --help                this text`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    role: { type: 'string', default: 'admin' },
    site: { type: 'string', multiple: true },
    'charge-point': { type: 'string', multiple: true },
    days: { type: 'string', default: '90' },
    deployed: { type: 'boolean', default: false },
    table: { type: 'string' },
    endpoint: { type: 'string', default: 'http://127.0.0.1:9001' },
    help: { type: 'boolean', default: false },
  },
});
const [name = ''] = positionals;
const days = Number(values.days);
const TableName = values.table ?? (values.deployed ? '' : 'serverless-csms-dev-ApiTokensTable');
// Scripts run on the Node that is here, which may be older than Lambda's.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

/** What is wrong with the command, in one sentence. */
function complaint(): string | undefined {
  if (positionals.length !== 1) return 'Give one name, such as that of the program that will use the token.';
  if (!roles.includes(values.role as Role)) return `--role is one of ${roles.join(', ')}, not ${values.role}.`;
  if (!Number.isInteger(days) || days < 1 || days > 366) return `--days is a number from 1 to 366, not ${values.days}.`;
  if (!TableName) return "With --deployed, give --table: the stack's output ApiTokensTable.";
  return undefined;
}

async function make(): Promise<string> {
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
    expires: Math.ceil(expiry / 1_000),
  };
  const credentials = { accessKeyId: 'user', secretAccessKey: 'embedded' };
  const local = { endpoint: `${values.endpoint}/dynamodb`, region: 'us-east-1', credentials };
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(values.deployed ? {} : local));
  await client.send(new PutCommand({ TableName, Item: { list: 'tokens', tokenId, hash, ...about, ...times } }));
  return token;
}

function explain(error: unknown): string {
  const { name: code, message } = error as { name: string; message: string };
  const isRefused = (error as { code?: string }).code === 'ECONNREFUSED';
  return isRefused
    ? `Nothing listens at ${values.endpoint}: is the system running (npm start)?`
    : `${code}: ${message}`;
}

if (values.help) {
  console.log(usage);
  process.exit(0);
}
const wrong = complaint();
if (wrong) {
  console.error(`${wrong}\n\n${usage}`);
  process.exit(1);
}
try {
  console.log(await make());
} catch (error) {
  console.error(explain(error));
  process.exit(1);
}
