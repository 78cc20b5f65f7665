import { expectation } from './expectation.js';
import { apisOf, ofApi, ofType, referred, type Template } from './template.js';
import { ask } from './viewer-functions.js';

const functionPath = ':apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/';
const host = '.execute-api.${AWS::Region}.${AWS::URLSuffix}';

/** Holds the WebSocket API of a resolved template, and the distribution before it, together. Returns a sentence for each fault. */
export function gatewayFaults(template: Template): string[] {
  return [
    ...invocationFaults(template),
    ...routeFaults(template),
    ...stageFaults(template),
    ...authorizerFaults(template),
    ...originFaults(template),
    ...edgeFunctionFaults(template),
    ...urlFaults(template),
  ];
}

function invocationFaults(template: Template): string[] {
  const uris = [
    ...ofType(template, 'AWS::ApiGatewayV2::Integration').map(([id, { IntegrationUri }]) => [id, IntegrationUri]),
    ...ofApi(template, 'WEBSOCKET', 'AWS::ApiGatewayV2::Authorizer').map(([id, { AuthorizerUri }]) => [
      id,
      AuthorizerUri,
    ]),
  ];
  return uris.flatMap(([id, uri]) => {
    const lambda = referred(
      String(uri).replace(`arn:\${AWS::Partition}${functionPath}`, '').replace('/invocations', ''),
    );
    return expectation(`${id}: its URI`, uri, `arn:\${AWS::Partition}${functionPath}\${${lambda}.Arn}/invocations`);
  });
}

function routeFaults(template: Template): string[] {
  const routes = ofApi(template, 'WEBSOCKET', 'AWS::ApiGatewayV2::Route');
  const integrations = ofApi(template, 'WEBSOCKET', 'AWS::ApiGatewayV2::Integration');
  const authorizers = ofApi(template, 'WEBSOCKET', 'AWS::ApiGatewayV2::Authorizer').map(([id]) => id);
  return [
    ...['$connect', '$default', '$disconnect']
      .filter((key) => routes.filter(([, { RouteKey }]) => RouteKey === key).length !== 1)
      .map((key) => `there is to be one route ${key}`),
    ...routes
      .filter(([, { RouteKey }]) => !['$connect', '$default', '$disconnect'].includes(RouteKey))
      .map(([id, { RouteKey }]) => `${id}: ${RouteKey} would be chosen by what a charge point sends`),
    ...routes.flatMap(([id, { RouteKey, AuthorizationType, AuthorizerId }]) => [
      ...expectation(`${id}.AuthorizationType`, AuthorizationType, RouteKey === '$connect' ? 'CUSTOM' : 'NONE'),
      ...(RouteKey === '$connect' && !authorizers.includes(referred(AuthorizerId) ?? '')
        ? [`${id}.AuthorizerId is to be an authorizer of its API, not ${AuthorizerId}`]
        : []),
    ]),
    ...integrations
      .filter(([id]) => routes.filter(([, { Target }]) => Target === `integrations/\${${id}}`).length !== 1)
      .map(([id]) => `${id} is to be the target of one route`),
    ...integrations
      .filter(([, { IntegrationType }]) => IntegrationType !== 'AWS_PROXY')
      .map(([id]) => `${id}.IntegrationType is to be AWS_PROXY`),
  ];
}

/** What is deployed of an API is what existed when the deployment was made. */
function stageFaults(template: Template): string[] {
  const routes = ofApi(template, 'WEBSOCKET', 'AWS::ApiGatewayV2::Route').map(([id]) => id);
  const stages = ofApi(template, 'WEBSOCKET', 'AWS::ApiGatewayV2::Stage');
  return [
    ...ofApi(template, 'WEBSOCKET', 'AWS::ApiGatewayV2::Deployment').flatMap(([id]) => {
      const waitsFor = [template.Resources[id]?.DependsOn ?? []].flat();
      return routes.filter((route) => !waitsFor.includes(route)).map((route) => `${id} doesn't wait for ${route}`);
    }),
    ...stages.flatMap(([id, { DeploymentId }]) =>
      template.Resources[referred(DeploymentId) ?? '']?.Type === 'AWS::ApiGatewayV2::Deployment'
        ? []
        : [`${id}.DeploymentId is to be a deployment, not ${DeploymentId}`],
    ),
    ...stages.flatMap(([id, { ApiId, DeploymentId }]) => {
      const deployment = referred(DeploymentId) ?? '';
      return expectation(`${deployment}.ApiId of ${id}`, template.Resources[deployment]?.Properties?.ApiId, ApiId);
    }),
    ...(stages.length === 1 ? [] : [`there is to be one stage, not ${stages.length}`]),
  ];
}

/** An identity source that a charge point doesn't send means 401 for it. */
function authorizerFaults(template: Template): string[] {
  return ofApi(template, 'WEBSOCKET', 'AWS::ApiGatewayV2::Authorizer')
    .filter(([, { IdentitySource }]) => !(Array.isArray(IdentitySource) && IdentitySource.length === 0))
    .map(([id]) => `${id}.Properties.IdentitySource is to be an empty list, or charge points get 401`);
}

/** CloudFront sends to the API, with the secret that the authorizer asks for. */
function originFaults(template: Template): string[] {
  const apis = apisOf(template, 'WEBSOCKET');
  const secrets = ofType(template, 'AWS::Lambda::Function').flatMap(
    ([, { Environment }]) => Environment?.Variables.EDGE_SECRET ?? [],
  );
  return ofType(template, 'AWS::CloudFront::Distribution').flatMap(([id, { DistributionConfig }]) => {
    const { Origins, DefaultCacheBehavior } = DistributionConfig;
    const origin = Origins.find(({ Id }: { Id: string }) => Id === DefaultCacheBehavior.TargetOriginId);
    if (!origin) return [`${id} has no origin ${DefaultCacheBehavior.TargetOriginId}`];
    const headers = (origin.OriginCustomHeaders ?? []) as { HeaderName: string; HeaderValue: string }[];
    return [
      ...apis.flatMap((api) => expectation(`${id}: the origin`, origin.DomainName, `\${${api}}${host}`)),
      ...(headers.some(
        ({ HeaderName, HeaderValue }) => HeaderName === 'x-origin-secret' && secrets.includes(HeaderValue),
      )
        ? []
        : [`${id} doesn't send the secret that the authorizer asks for`]),
    ];
  });
}

/** What a charge point dials is what the API has: its stage, and the identity in the query string. */
function edgeFunctionFaults(template: Template): string[] {
  const [[, { StageName }] = ['', {} as Record<string, string>]] = ofApi(
    template,
    'WEBSOCKET',
    'AWS::ApiGatewayV2::Stage',
  );
  return ofType(template, 'AWS::CloudFront::Function').flatMap(([id, properties]) => {
    if (!isOfDefaultBehaviour(id, template)) return [];
    const request = { method: 'GET', uri: '/any/prefix/CP%201', querystring: {}, headers: {} };
    try {
      const made = ask(properties, request);
      return expectation(
        `${id}: what it makes of CP 1`,
        'statusCode' in made ? made.statusCode : `${made.uri}?${made.querystring.chargePointId?.value}`,
        `/${StageName}?CP%201`,
      );
    } catch (error) {
      return [`${id}: ${error}`];
    }
  });
}

/** Where functions find the connections. */
function urlFaults(template: Template): string[] {
  const [[, { ApiId, StageName }] = ['', {} as Record<string, string>]] = ofApi(
    template,
    'WEBSOCKET',
    'AWS::ApiGatewayV2::Stage',
  );
  const name = 'AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI';
  return ofType(template, 'AWS::Lambda::Function').flatMap(([id, { Environment }]) => {
    const url = Environment?.Variables[name];
    return url ? expectation(`${id}: ${name}`, url, `https://${ApiId}${host}/${StageName}`) : [];
  });
}

function isOfDefaultBehaviour(id: string, template: Template): boolean {
  return ofType(template, 'AWS::CloudFront::Distribution').some(([, { DistributionConfig }]) =>
    DistributionConfig.DefaultCacheBehavior.FunctionAssociations.some(
      ({ FunctionARN }: { FunctionARN: string }) => referred(FunctionARN) === id,
    ),
  );
}
