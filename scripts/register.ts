import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateThingCommand, IoTClient } from '@aws-sdk/client-iot';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { hashPassword } from '../csms/charge-points/admission.js';

const usage = `npm run register -- <identity> [options]      registers a charge point: creates its IoT thing

  --password            give it a new Basic auth password (security profiles 1 and 2), and print that
  --namespace <name>    for a stage that has one
  --deployed            in your AWS account, with your credentials, instead of the system that runs on this machine
  --table <name>        with --deployed and --password: the stack's output ChargePointsTable
  --help                this text
  --endpoint <url>      where the system on this machine has its AWS SDK endpoint (http://127.0.0.1:9001)`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    password: { type: 'boolean', default: false },
    namespace: { type: 'string', default: '' },
    deployed: { type: 'boolean', default: false },
    table: { type: 'string' },
    endpoint: { type: 'string', default: 'http://127.0.0.1:9001' },
    help: { type: 'boolean', default: false },
  },
});
const [identity = ''] = positionals;
const table = values.table ?? (values.deployed ? '' : 'serverless-csms-dev-ChargePointsTable');
// Scripts run on the Node that is here, which may be older than Lambda's.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

/** What is wrong with the command, in one sentence. */
function complaint(): string | undefined {
  if (positionals.length !== 1) return 'Give one identity.';
  if (!/^[a-zA-Z0-9:_-]{1,128}$/.test(identity)) {
    return `${identity} can't be the name of a thing: 1 to 128 of the characters a-z A-Z 0-9 : _ - are.`;
  }
  if (values.password && !table)
    return "With --deployed, --password needs --table: the stack's output ChargePointsTable.";
  return undefined;
}

async function register(thingName: string): Promise<void> {
  const attributes = values.namespace ? { namespace: values.namespace } : {};
  await new IoTClient(at('iot')).send(new CreateThingCommand({ thingName, attributePayload: { attributes } }));
  console.log(`${thingName} is registered and may connect now.`);
}

/** 20 random bytes in hex: what OCPP 1.6 calls an AuthorizationKey, and long enough for 2.x. */
async function setPassword(chargePointId: string, TableName: string): Promise<void> {
  const password = randomBytes(20).toString('hex');
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(at('dynamodb')));
  await client.send(
    new UpdateCommand({
      TableName,
      Key: { chargePointId },
      UpdateExpression: 'SET password = :password',
      ExpressionAttributeValues: { ':password': hashPassword(password, randomBytes(8).toString('hex')) },
    }),
  );
  console.log(`Its user is ${chargePointId}, its password ${password} (shown this once).`);
}

function at(service: string) {
  if (values.deployed) return {};
  const credentials = { accessKeyId: 'user', secretAccessKey: 'embedded' };
  return { endpoint: `${values.endpoint}/${service}`, region: 'us-east-1', credentials };
}

function explain(error: unknown): string {
  const { name, message, code } = error as { name: string; message: string; code?: string };
  if (code === 'ECONNREFUSED') return `Nothing listens at ${values.endpoint}: is the system running (npm start)?`;
  if (name === 'ResourceAlreadyExistsException') {
    return `${identity} exists already, with other attributes: change it with aws iot update-thing, or delete it first.`;
  }
  return `${name}: ${message}`;
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
  await register(identity);
  if (values.password) await setPassword(identity, table);
} catch (error) {
  console.error(explain(error));
  process.exit(1);
}
