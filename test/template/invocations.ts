import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isCustom } from './schema.js';
import { ofType, type Resource, referred, type Template } from './template.js';

const root = new URL('../../', import.meta.url);

const defaultTimeout = 3;
const defaultVisibility = 30;
/** As long as API Gateway waits. */
const longestIntegration = 29;

const apiArn = 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:';

/** What invokes a function, and as which source a permission has to name it. */
interface Invocation {
  source: string;
  lambda: string;
  how: 'synchronous' | 'asynchronous';
  permission?: { principal: string; arn: string };
}

/** Checks that what invokes a function may do so, and that nothing it hands over is lost. Takes a resolved template; returns a sentence for each fault. */
export function invocationFaults(template: Template): string[] {
  const invocations = [
    ...gatewayInvocations(template),
    ...ruleInvocations(template),
    ...scheduledInvocations(template),
    ...customInvocations(template),
  ];
  return [
    ...eventSourceFaults(template),
    ...loopFaults(template),
    ...customFaults(template),
    ...asynchronousFaults(invocations, template),
    ...scheduleFaults(template),
    ...timeoutFaults(invocations, template),
    ...permissionFaults(invocations, template),
    ...idleFaults(invocations, template),
    ...orderFaults(template),
  ];
}

function gatewayInvocations(template: Template): Invocation[] {
  const lambdaOf = (uri: unknown) => /\$\{(\w+)\.Arn\}/.exec(String(uri))?.[1] ?? '';
  const of = (source: string, uri: unknown, api: string, path: string): Invocation => ({
    source,
    lambda: lambdaOf(uri),
    how: 'synchronous',
    permission: { principal: 'apigateway.amazonaws.com', arn: `${apiArn}${api}/${path}` },
  });
  return [
    ...ofType(template, 'AWS::ApiGatewayV2::Route').flatMap(([id, { ApiId, RouteKey, Target }]) => {
      const integration = referred(String(Target).replace('integrations/', '')) ?? '';
      const { IntegrationUri } = template.Resources[integration]?.Properties ?? {};
      // Those of a WebSocket API are named by their keys, those of an HTTP API by any method and their paths.
      return [of(id, IntegrationUri, ApiId, `*/${String(RouteKey).replace(/^ANY /, '*')}`)];
    }),
    ...ofType(template, 'AWS::ApiGatewayV2::Authorizer').flatMap(([id, { ApiId, AuthorizerUri }]) =>
      AuthorizerUri ? [of(id, AuthorizerUri, ApiId, `authorizers/\${${id}}`)] : [],
    ),
  ];
}

function ruleInvocations(template: Template): Invocation[] {
  return ofType(template, 'AWS::IoT::TopicRule').flatMap(([source, { TopicRulePayload }]) =>
    [...TopicRulePayload.Actions, TopicRulePayload.ErrorAction].flatMap((action): Invocation[] => {
      if (!action?.Lambda) return [];
      const permission = { principal: 'iot.amazonaws.com', arn: `\${${source}.Arn}` };
      return [{ source, lambda: referred(action.Lambda.FunctionArn) ?? '', how: 'asynchronous', permission }];
    }),
  );
}

function scheduledInvocations(template: Template): Invocation[] {
  return ofType(template, 'AWS::Events::Rule').flatMap(([source, { Targets }]) =>
    (Targets as { Arn: unknown }[]).map(({ Arn }) => {
      const permission = { principal: 'events.amazonaws.com', arn: `\${${source}.Arn}` };
      return { source, lambda: referred(Arn) ?? '', how: 'asynchronous', permission };
    }),
  );
}

/** CloudFormation does it as whoever deploys. */
function customInvocations(template: Template): Invocation[] {
  return Object.entries(template.Resources)
    .filter(([, { Type }]) => isCustom(Type))
    .map(([source, { Properties = {} }]) => ({
      source,
      lambda: referred(Properties.ServiceToken) ?? '',
      how: 'asynchronous',
    }));
}

/** A deployment is not to hang for an hour when nobody answers, nor to end before Lambda's retries, one and two minutes later. */
function customFaults({ Resources }: Template): string[] {
  return Object.entries(Resources).flatMap(([id, { Type, Properties = {} }]) => {
    if (!isCustom(Type)) return [];
    const { Timeout = defaultTimeout } = Resources[referred(Properties.ServiceToken) ?? '']?.Properties ?? {};
    const [least, most] = [3 * Timeout + 180, 3600];
    const { ServiceTimeout } = Properties;
    const isEnough = Number.isInteger(ServiceTimeout) && ServiceTimeout >= least && ServiceTimeout < most;
    return isEnough
      ? []
      : [`${id}.Properties.ServiceTimeout is to be from ${least} to ${most - 1} s: its function may fail twice`];
  });
}

function eventSourceFaults(template: Template): string[] {
  const { Resources } = template;
  return ofType(template, 'AWS::Lambda::EventSourceMapping').flatMap(([id, mapping]) => {
    const source = referred(mapping.EventSourceArn) ?? '';
    const queue = Resources[source];
    const { VisibilityTimeout = defaultVisibility, RedrivePolicy } = queue?.Properties ?? {};
    const lambda = Resources[referred(mapping.FunctionName) ?? '']?.Properties ?? {};
    const { Timeout = defaultTimeout } = lambda;
    const deadLetters = referred(RedrivePolicy?.deadLetterTargetArn) ?? '';
    const isDeadLetterQueue = Resources[deadLetters]?.Type === 'AWS::SQS::Queue' && !isRead(deadLetters, template);
    const reports = (mapping.FunctionResponseTypes ?? []).includes('ReportBatchItemFailures');
    return [
      ...(VisibilityTimeout < 6 * Timeout
        ? [`${source}: a visibility of ${VisibilityTimeout} s is less than 6 × the function's ${Timeout} s`]
        : []),
      ...(RedrivePolicy ? [] : [`${source}: a queue that a function reads needs a RedrivePolicy`]),
      ...(RedrivePolicy && !isDeadLetterQueue
        ? [`${source}: dead letters are for a queue that no function reads, not ${deadLetters}`]
        : []),
      ...(reports === returnsBatchItemFailures(lambda.Handler)
        ? []
        : [`${id}: FunctionResponseTypes is to be what ${lambda.Handler} returns`]),
    ];
  });
}

/** Lambda ends what goes from a function to the queue that feeds it, and back, sixteen times; the timers do so on purpose. */
function loopFaults(template: Template): string[] {
  const { Resources } = template;
  return ofType(template, 'AWS::Lambda::EventSourceMapping').flatMap(([, { EventSourceArn, FunctionName }]) => {
    const lambda = referred(FunctionName) ?? '';
    const { Role, RecursiveLoop = 'Terminate' } = Resources[lambda]?.Properties ?? {};
    const sends = policyStatements(Resources[referred(Role) ?? '']).some(
      ({ Action, Resource }) =>
        [Action].flat().includes('sqs:SendMessage') && [Resource].flat().includes(EventSourceArn),
    );
    if (sends === (RecursiveLoop === 'Allow')) return [];
    const queue = referred(EventSourceArn);
    return sends
      ? [`${lambda}: Lambda ends its loop through ${queue} after sixteen rounds, without a RecursiveLoop of Allow`]
      : [`${lambda}: a RecursiveLoop is allowed, and it may send nothing to ${queue}`];
  });
}

const policyStatements = (role: Resource | undefined): { Action: unknown; Resource: unknown }[] =>
  (role?.Properties?.Policies ?? []).flatMap((policy: any) => policy.PolicyDocument.Statement);

function isRead(queue: string, template: Template): boolean {
  return ofType(template, 'AWS::Lambda::EventSourceMapping').some(
    ([, { EventSourceArn }]) => referred(EventSourceArn) === queue,
  );
}

/** Whether a function tells which messages of a batch are to be told again. */
function returnsBatchItemFailures(handler: unknown): boolean {
  const file = new URL(String(handler).replace(/\.\w+$/, '.ts'), root);
  return existsSync(file) && readFileSync(fileURLToPath(file), 'utf8').includes('batchItemFailures');
}

/** What fails for good goes to a queue that is for nothing else. */
function asynchronousFaults(invocations: Invocation[], template: Template): string[] {
  const deadLetters = ofType(template, 'AWS::SQS::Queue').map(([, { RedrivePolicy }]) =>
    referred(RedrivePolicy?.deadLetterTargetArn),
  );
  const isForFailures = (queue: string) =>
    template.Resources[queue]?.Type === 'AWS::SQS::Queue' && !isRead(queue, template) && !deadLetters.includes(queue);
  const configured = ofType(template, 'AWS::Lambda::EventInvokeConfig').map(
    ([, { FunctionName, DestinationConfig }]) =>
      [referred(FunctionName), referred(DestinationConfig?.OnFailure?.Destination) ?? ''] as const,
  );
  const isCaught = (lambda: string) => configured.some(([id, queue]) => id === lambda && isForFailures(queue));
  return [
    ...invocations
      .filter(({ how, lambda }) => how === 'asynchronous' && !isCaught(lambda))
      .map(({ source, lambda }) => `${lambda}: what it fails to do for ${source} is lost without an OnFailure queue`),
    ...ofType(template, 'AWS::IoT::TopicRule').flatMap(([rule, { TopicRulePayload }]) => {
      const { QueueUrl, RoleArn } = TopicRulePayload.ErrorAction?.Sqs ?? {};
      const { AssumeRolePolicyDocument } = template.Resources[referred(RoleArn) ?? '']?.Properties ?? {};
      const isKept = isForFailures(referred(QueueUrl) ?? '');
      const isTrusted = JSON.stringify(AssumeRolePolicyDocument ?? {}).includes('"iot.amazonaws.com"');
      return [
        ...(isKept ? [] : [`${rule}: what it fails to hand on is lost without a queue in its ErrorAction`]),
        ...(isTrusted ? [] : [`${rule}: the role of its ErrorAction is none that trusts iot.amazonaws.com`]),
      ];
    }),
  ];
}

/** What a scheduled function fails to do is for the next time, a minute later. */
function scheduleFaults(template: Template): string[] {
  const scheduled = scheduledInvocations(template).map(({ lambda }) => lambda);
  return ofType(template, 'AWS::Lambda::EventInvokeConfig')
    .filter(([, { FunctionName }]) => scheduled.includes(referred(FunctionName) ?? ''))
    .filter(([, { MaximumEventAgeInSeconds: age, MaximumRetryAttempts: retries }]) => age !== 60 || retries !== 0)
    .map(([id]) => `${id}: an event of a schedule is to be told once, and only within its minute`);
}

/** A charge point would be told of a time-out by a frame that is not OCPP. */
function timeoutFaults(invocations: Invocation[], { Resources }: Template): string[] {
  return invocations.flatMap(({ source, lambda, how }) => {
    const { Timeout = defaultTimeout } = Resources[lambda]?.Properties ?? {};
    return how === 'synchronous' && Timeout > longestIntegration
      ? [`${lambda}: ${source} waits ${longestIntegration} s, not ${Timeout} s`]
      : [];
  });
}

/** Each permission is for one source, and each source has one. */
function permissionFaults(invocations: Invocation[], template: Template): string[] {
  const needed = invocations.flatMap(({ source, lambda, permission }) =>
    permission ? [{ source, lambda, what: textOf(lambda, permission.principal, permission.arn) }] : [],
  );
  const given = ofType(template, 'AWS::Lambda::Permission').map(([id, { FunctionName, Principal, SourceArn }]) => ({
    id,
    what: textOf(referred(FunctionName) ?? '', Principal, SourceArn),
  }));
  return [
    ...needed
      .filter(({ what }) => !given.some((permission) => permission.what === what))
      .map(({ source, lambda }) => `${source} has no permission to invoke ${lambda}`),
    ...given
      .filter(({ what }) => !needed.some((invocation) => invocation.what === what))
      .map(({ id, what }) => `${id} permits what nobody does: ${what}`),
  ];
}

const textOf = (lambda: string, principal: string, arn: unknown) => `${principal} for ${arn} invokes ${lambda}`;

function idleFaults(invocations: Invocation[], template: Template): string[] {
  const invoked = [
    ...invocations.map(({ lambda }) => lambda),
    ...ofType(template, 'AWS::Lambda::EventSourceMapping').map(([, { FunctionName }]) => referred(FunctionName)),
  ];
  return ofType(template, 'AWS::Lambda::Function')
    .filter(([id]) => !invoked.includes(id))
    .map(([id]) => `${id} is invoked by nothing`);
}

/** Once thing events are on, an event that the rule may not hand on is lost. */
function orderFaults(template: Template): string[] {
  const rules = ofType(template, 'AWS::IoT::TopicRule')
    .filter(([, { TopicRulePayload }]) => TopicRulePayload.Sql.includes(" FROM '$aws/events/"))
    .map(([id]) => `\${${id}.Arn}`);
  const permissions = ofType(template, 'AWS::Lambda::Permission').flatMap(([id, { SourceArn }]) =>
    rules.includes(SourceArn) ? [id] : [],
  );
  return Object.entries(template.Resources)
    .filter(([, { Type }]) => isCustom(Type))
    .flatMap(([id, { DependsOn = [] }]) =>
      permissions
        .filter((permission) => !DependsOn.includes(permission))
        .map((permission) => `${id} doesn't wait for ${permission}`),
    );
}
