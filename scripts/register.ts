import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { IoTClient } from '@aws-sdk/client-iot';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { newPassword } from '../csms/charge-points/admission.js';
import { createThing } from './create-thing.js';
import { passwordLine } from './csms/password.js';
import { clientAt, explained, placeOptions, placeUsage, tableAt } from './place.js';
import { type Given, runScript, type Script } from './script.js';
import { UsageError } from './usage.js';

const usage = `npm run register -- <identity> [options]      registers a charge point: creates its IoT thing

  --password            give it a new Basic auth password (security profiles 1 and 2), and print that
  --namespace <name>    for a stage that has one: its parameter of that name
  --table <name>        with --deployed and --password: the stack's output ChargePointsTable
${placeUsage}`;

const options = {
  ...placeOptions,
  password: { type: 'boolean', default: false },
  namespace: { type: 'string', default: '' },
} as const;

type Values = Given<typeof options>['values'];

async function register(identity: string, values: Values): Promise<void> {
  const { namespace, deployed } = values;
  const iot = new IoTClient(clientAt(values, 'iot'));
  await createThing(identity, namespace, iot);
  const where = deployed ? ` in ${await iot.config.region()}` : '';
  const whose = namespace ? ` for namespace ${namespace}` : '';
  console.log(`${identity} is registered${where}${whose} and may connect now.`);
}

async function setPassword(chargePointId: string, TableName: string, values: Values): Promise<void> {
  const { password, kept } = newPassword();
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(clientAt(values, 'dynamodb')));
  await client.send(
    new UpdateCommand({
      TableName,
      Key: { chargePointId },
      UpdateExpression: 'SET password = :password, passwordAt = :at REMOVE nextPassword',
      ExpressionAttributeValues: { ':password': kept, ':at': new Date().toISOString() },
    }),
  );
  console.log(passwordLine({ user: chargePointId, password }));
}

const script: Script<typeof options> = {
  usage,
  options,
  allowPositionals: true,
  async run({ values, positionals }) {
    const [identity = ''] = positionals;
    if (positionals.length !== 1) throw new UsageError('Give one identity.');
    if (!/^[a-zA-Z0-9:_-]{1,128}$/.test(identity)) {
      throw new UsageError(
        `${identity} can't be the name of a thing: 1 to 128 of the characters a-z A-Z 0-9 : _ - are.`,
      );
    }
    const table = values.password ? tableAt(values, 'ChargePointsTable') : '';
    try {
      await register(identity, values);
      if (values.password) await setPassword(identity, table, values);
    } catch (error) {
      throw explained(error, { ...values, table });
    }
    return 0;
  },
};

process.exitCode = await runScript(script, process.argv.slice(2), console);
