import { isCustom } from './schema.js';
import { ofType, referred, type Template } from './template.js';

const defaultTimeout = 3;
const defaultVisibility = 30;

/** Checks that what invokes a function may do so, and that nothing it hands over is lost. Takes a resolved template; returns a sentence for each fault. */
export function invocationFaults(template: Template): string[] {
  return [
    ...eventSourceFaults(template),
    ...asynchronousFaults(template),
    ...permissionFaults(template),
    ...authorizerFaults(template),
  ];
}

function eventSourceFaults(template: Template): string[] {
  const { Resources } = template;
  return ofType(template, 'AWS::Lambda::EventSourceMapping').flatMap(([, mapping]) => {
    const id = referred(mapping.EventSourceArn) ?? '';
    const queue = Resources[id];
    if (queue?.Type !== 'AWS::SQS::Queue') return [];
    const { VisibilityTimeout = defaultVisibility, RedrivePolicy } = queue.Properties ?? {};
    const timeout = Resources[referred(mapping.FunctionName) ?? '']?.Properties?.Timeout ?? defaultTimeout;
    return [
      ...(VisibilityTimeout < 6 * timeout
        ? [`${id}: a visibility of ${VisibilityTimeout} s is less than 6 × the function's ${timeout} s`]
        : []),
      ...(RedrivePolicy ? [] : [`${id}: a queue that a function reads needs a RedrivePolicy`]),
    ];
  });
}

/** [rule, function] for every Lambda that an IoT rule invokes. */
function ruleTargets(template: Template): [rule: string, target: string][] {
  return ofType(template, 'AWS::IoT::TopicRule').flatMap(([rule, { TopicRulePayload }]) =>
    [...TopicRulePayload.Actions, TopicRulePayload.ErrorAction].flatMap((action): [string, string][] =>
      action?.Lambda ? [[rule, referred(action.Lambda.FunctionArn) ?? '']] : [],
    ),
  );
}

function asynchronousFaults(template: Template): string[] {
  const caught = ofType(template, 'AWS::Lambda::EventInvokeConfig')
    .filter(([, { DestinationConfig }]) => DestinationConfig?.OnFailure?.Destination)
    .map(([, { FunctionName }]) => referred(FunctionName));
  const schedules = ofType(template, 'AWS::Events::Rule').flatMap(([rule, { Targets }]) =>
    (Targets as { Arn: string }[]).map(({ Arn }) => [rule, referred(Arn) ?? ''] as const),
  );
  const customs = Object.entries(template.Resources)
    .filter(([, { Type }]) => isCustom(Type))
    .map(([id, { Properties = {} }]) => [id, referred(Properties.ServiceToken) ?? ''] as const);
  return [...ruleTargets(template), ...schedules, ...customs]
    .filter(([, target]) => !caught.includes(target))
    .map(([source, target]) => `${target}: what it fails to do for ${source} is lost without an OnFailure destination`);
}

function permissionFaults(template: Template): string[] {
  const permissions = ofType(template, 'AWS::Lambda::Permission');
  return ruleTargets(template)
    .filter(
      ([rule, target]) =>
        !permissions.some(
          ([, { Action, FunctionName, Principal, SourceArn }]) =>
            Action === 'lambda:InvokeFunction' &&
            Principal === 'iot.amazonaws.com' &&
            SourceArn === `\${${rule}.Arn}` &&
            referred(FunctionName) === target,
        ),
    )
    .map(([rule, target]) => `${rule} has no permission to invoke ${target}`);
}

/** An identity source that a charge point doesn't send means 401 for it. */
function authorizerFaults(template: Template): string[] {
  return ofType(template, 'AWS::ApiGatewayV2::Authorizer')
    .filter(([, { ApiId }]) => template.Resources[referred(ApiId) ?? '']?.Properties?.ProtocolType === 'WEBSOCKET')
    .filter(([, { IdentitySource }]) => !(Array.isArray(IdentitySource) && IdentitySource.length === 0))
    .map(([id]) => `${id}.Properties.IdentitySource is to be an empty list, or charge points get 401`);
}
