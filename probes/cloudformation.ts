import { chargePoint } from './charge-point.js';
import { holds, same } from './expect.js';
import { mark } from './mark.js';
import type { Probe } from './probe.js';
import { publish, triggered } from './publish.js';
import { dial } from './socket.js';

/** CloudFormation, IAM and Secrets Manager. */
export const cloudformation: Probe[] = [
  {
    id: 'cloudformation-references',
    says: "`Ref` gives a queue's URL and a table's name, `Fn::GetAtt` a queue's ARN and name; `Fn::Sub`, `Fn::Join` and `Fn::If` put them together.",
    restsOn: 'documented',
    source: 'AWS CloudFormation: Intrinsic function reference; return values of each resource type',
    imitatedIn: ['template/template.ts', 'template/intrinsics.ts', 'template/identities.ts', 'stack.ts'],
    ifWrong: 'Functions do not find their tables and queues.',
    async check(stage) {
      const probe = mark();
      await publish(stage, stage.topic('self', probe), JSON.stringify({ probe }));
      const { variables } = await triggered(stage, 'self', probe);
      const [url, table] = [stage.ref('RepeatingQueue'), stage.ref('Table')];
      same('!Ref of a queue', variables.QUEUE_URL, url);
      same('!Sub of its name', variables.QUEUE_NAME, url.split('/').pop());
      const [, , service, region, account, name] = variables.QUEUE_ARN.split(':');
      same(
        '!GetAtt of its ARN',
        { service, region, name },
        { service: 'sqs', region: variables.AWS_REGION, name: variables.QUEUE_NAME },
      );
      holds('its account is a number', /^\d{12}$/.test(account), account);
      same('!Ref of a table', variables.TABLE, table);
      same('!Join', variables.JOINED, `${table}/${variables.AWS_REGION}`);
      same('!If', variables.CHOSEN, 'else');
    },
  },
  {
    id: 'cloudformation-secret',
    says: "`{{resolve:secretsmanager:<arn>:SecretString}}` is resolved in a function's environment and in an origin's header, also inside `Fn::Sub`.",
    restsOn: 'documented',
    source: 'AWS CloudFormation: Get a secret or secret value from Secrets Manager',
    imitatedIn: ['template/stack-resources.ts'],
    ifWrong: '`identify` denies everybody, or deployment fails.',
    notProbed: '`edge-secret` shows it: whoever gets in came with the secret of both',
  },
  {
    id: 'cloudformation-custom-resource',
    says: 'A custom resource waits for an answer at its `ResponseURL`, for its `ServiceTimeout` or an hour; one with a content type is refused with 403.',
    restsOn: 'documented',
    source: 'AWS CloudFormation: Custom resources; that a content type is refused was observed',
    imitatedIn: ['template/custom-resource.ts'],
    ifWrong: 'Deployment hangs.',
    notProbed: 'a stage that was deployed shows it, and `registry-events-on` what it was for',
  },
  {
    id: 'cloudformation-removal',
    says: 'A stack that is removed takes its resources along, but for those whose `DeletionPolicy` says otherwise; with `RetainExceptOnCreate` a deployment that fails takes those along that it made.',
    restsOn: 'documented',
    source: 'AWS CloudFormation: DeletionPolicy attribute',
    imitatedIn: ['stack.ts'],
    ifWrong: 'Removing a stage of production deletes its tables.',
    notProbed: "it would remove a stage; the stack of the probes' own is removed at the end",
  },
  {
    id: 'cloudformation-tables',
    says: 'CloudFormation creates tables at once, of which DynamoDB refuses those with indexes, unless each waits for the one before.',
    restsOn: 'documented',
    source:
      'AWS CloudFormation: AWS::DynamoDB::Table; Amazon DynamoDB API reference: CreateTable, where LimitExceededException says that 250 may be created at once',
    imitatedIn: [],
    ifWrong: 'A first deployment, and a removal, could be some two minutes shorter.',
    notProbed: "the template's tests hold that they wait",
  },
  {
    id: 'cloudformation-thing-events',
    says: 'CloudFormation has no resource that switches thing events on.',
    restsOn: 'assumed',
    source: 'the list of resource types has none',
    imitatedIn: [],
    ifWrong: '`setup` would not be needed.',
    notProbed: 'nothing to try',
  },
  {
    id: 'cloudformation-schemas',
    says: "The template's types, properties and attributes exist.",
    restsOn: 'documented',
    source: "AWS's resource schemas",
    imitatedIn: ['template/identities.ts', 'template/template.ts', 'stack.ts'],
    ifWrong: 'Deployment fails.',
    notProbed: "the template's tests hold it to AWS's own resource schemas",
  },
  {
    id: 'iam-denied',
    says: "What no statement of a function's role allows is refused: `AccessDeniedException` of DynamoDB, 403 of AWS IoT.",
    restsOn: 'documented',
    source:
      'IAM: Policy evaluation logic; Amazon DynamoDB API reference: Common errors; the name of the error of AWS IoT is not said',
    imitatedIn: ['iam.ts', 'endpoint.ts', 'template/service-roles.ts'],
    ifWrong: 'A permission too many is not noticed.',
    async check(stage) {
      const probe = mark();
      await publish(stage, stage.topic('stranger', probe), JSON.stringify({ probe }));
      const { item, topic } = await triggered(stage, 'stranger', probe);
      same('an item', item.name, 'AccessDeniedException');
      holds('its message names the action', item.message.includes('not authorized to perform: dynamodb:GetItem'), item);
      same('status of a topic', topic.status, 403);
    },
  },
  {
    id: 'iam-needed',
    says: 'The actions and resources of `roles.yml` are those that the calls need.',
    restsOn: 'documented',
    source: 'Service Authorization Reference',
    imitatedIn: ['iam.ts', 'endpoint.ts', 'template/service-roles.ts'],
    ifWrong: 'A function gets AccessDenied at its first call.',
    async check(stage) {
      const { identity, headers } = await chargePoint(stage);
      const socket = await dial(`${stage.edge}${identity}`, { headers }, ['ocpp2.0.1']);
      const calls = [
        ['BootNotification', { reason: 'PowerUp', chargingStation: { model: 'Probe', vendorName: 'Acme' } }],
        [
          'StatusNotification',
          { timestamp: '2026-01-01T00:00:00Z', connectorStatus: 'Available', evseId: 1, connectorId: 1 },
        ],
      ] as const;
      for (const [action, payload] of calls) {
        socket.send(JSON.stringify([2, action, action, payload]));
        same('answer', JSON.parse(await socket.frame()).slice(0, 2), [3, action]);
      }
      await socket.close();
    },
  },
  {
    id: 'iam-signatures',
    says: 'A call whose signature is wrong is refused.',
    restsOn: 'documented',
    source: 'IAM: AWS Signature Version 4 for API requests',
    imitatedIn: [],
    ifWrong: 'No effect.',
    notProbed: 'on a laptop no signature is checked',
  },
];
