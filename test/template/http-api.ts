import { expectation } from './expectation.js';
import { apisOf, ofType, type Resource, referred, type Template } from './template.js';
import { ask } from './viewer-functions.js';

const host = '.execute-api.${AWS::Region}.${AWS::URLSuffix}';
const paths = { machines: 'ANY /api/v1/{proxy+}', people: 'ANY /people/api/v1/{proxy+}' };
/** A JSON Web Token, as far as the edge looks. */
const jwt = 'Bearer eyJh.eyJz.c2ln';

/** Holds the HTTP API of a resolved template, and its way through the distribution, together. Returns a sentence for each fault. */
export function httpApiFaults(template: Template): string[] {
  const [api, ...more] = apisOf(template, 'HTTP');
  if (!api || more.length > 0) return [`there is to be one HTTP API, not ${more.length + (api ? 1 : 0)}`];
  const authorizers = ofThis(template, api, 'AWS::ApiGatewayV2::Authorizer');
  return [
    ...routeFaults(template, api, authorizers[0]?.[0]),
    ...authorizers.flatMap((authorizer) => authorizerFaults(template, authorizer)),
    ...stageFaults(template, api),
    ...integrationFaults(template, api),
    ...edgeFaults(template, api, authorizers.length > 0),
  ];
}

const ofThis = (template: Template, api: string, type: string) =>
  ofType(template, type).filter(([, { ApiId }]) => referred(ApiId) === api);

/** Whom the issuer's tokens are for: the API asks for the same, since it shows and checks it, too. */
function authorizerFaults(template: Template, [id, authorizer]: readonly [string, Record<string, any>]): string[] {
  const { Issuer, Audience } = authorizer.JwtConfiguration ?? {};
  const functions = ofType(template, 'AWS::Lambda::Function');
  return [
    ...expectation(`${id}.IdentitySource`, String(authorizer.IdentitySource), '$request.header.Authorization'),
    ...functions.flatMap(([name, { Environment }]) => {
      const { ISSUER = Issuer, AUDIENCE = String(Audience) } = Environment?.Variables ?? {};
      return [
        ...expectation(`${id}.JwtConfiguration.Issuer, which is ISSUER of ${name},`, Issuer, ISSUER),
        ...expectation(`${id}.JwtConfiguration.Audience, which is AUDIENCE of ${name},`, String(Audience), AUDIENCE),
      ];
    }),
  ];
}

/** Machines are let through to the function, which asks for their tokens; people only with an issuer's. */
function routeFaults(template: Template, api: string, authorizer: string | undefined): string[] {
  const routes = ofThis(template, api, 'AWS::ApiGatewayV2::Route');
  const keys = routes.map(([, { RouteKey }]) => RouteKey).sort();
  const expected = [paths.machines, ...(authorizer ? [paths.people] : [])].sort();
  return [
    ...expectation(`the routes of ${api}`, keys.join(), expected.join()),
    ...routes.flatMap(([id, { RouteKey, AuthorizationType, AuthorizerId }]) => [
      ...expectation(`${id}.AuthorizationType`, AuthorizationType, RouteKey === paths.people ? 'JWT' : 'NONE'),
      ...(RouteKey === paths.people ? expectation(`${id}.AuthorizerId`, referred(AuthorizerId), authorizer) : []),
    ]),
  ];
}

function stageFaults(template: Template, api: string): string[] {
  const stages = ofThis(template, api, 'AWS::ApiGatewayV2::Stage');
  return [
    ...(stages.length === 1 ? [] : [`${api} is to have one stage, not ${stages.length}`]),
    ...stages.flatMap(([id, { StageName, AutoDeploy, DefaultRouteSettings }]) => [
      ...expectation(`${id}.StageName`, StageName, '$default'),
      ...expectation(`${id}.AutoDeploy`, AutoDeploy, true),
      // The account's own limits are shared with the charge points' connections.
      ...expectation(`${id}: its throttling rate`, DefaultRouteSettings?.ThrottlingRateLimit, 100),
      ...expectation(`${id}: its throttling burst`, DefaultRouteSettings?.ThrottlingBurstLimit, 200),
    ]),
  ];
}

function integrationFaults(template: Template, api: string): string[] {
  const routes = ofThis(template, api, 'AWS::ApiGatewayV2::Route');
  return ofThis(template, api, 'AWS::ApiGatewayV2::Integration').flatMap(
    ([id, { IntegrationType, PayloadFormatVersion }]) => [
      ...expectation(`${id}.IntegrationType`, IntegrationType, 'AWS_PROXY'),
      ...expectation(`${id}.PayloadFormatVersion`, PayloadFormatVersion, '2.0'),
      ...routes.flatMap(([route, { Target }]) => expectation(`${route}.Target`, Target, `integrations/\${${id}}`)),
    ],
  );
}

/** What is asked of the distribution below /api/v1 goes to the API, on the route of whoever asks. */
function edgeFaults(template: Template, api: string, hasIssuer: boolean): string[] {
  return ofType(template, 'AWS::CloudFront::Distribution').flatMap(([id, { DistributionConfig }]) => {
    const { Origins, CacheBehaviors = [] } = DistributionConfig;
    const behaviour = CacheBehaviors.find(({ PathPattern }: { PathPattern: string }) => PathPattern === '/api/v1/*');
    if (!behaviour) return [`${id} has no behaviour for /api/v1/*`];
    const origin = Origins.find(({ Id }: { Id: string }) => Id === behaviour.TargetOriginId);
    const functions = (behaviour.FunctionAssociations as { FunctionARN: string }[]).map(({ FunctionARN }) =>
      referred(FunctionARN),
    );
    return [
      ...expectation(`${id}: the origin of /api/v1/*`, origin?.DomainName, `\${${api}}${host}`),
      ...ofType(template, 'AWS::CloudFront::Function')
        .filter(([each]) => functions.includes(each))
        .flatMap(([each, properties]) => [
          ...expectation(`${each}: where it leads machines`, uriFor(properties, 'Bearer csms_x'), '/api/v1/x'),
          ...expectation(`${each}: where it leads nobody`, uriFor(properties, undefined), '/api/v1/x'),
          ...expectation(
            `${each}: where it leads people`,
            uriFor(properties, jwt),
            `${hasIssuer ? '/people' : ''}/api/v1/x`,
          ),
        ]),
    ];
  });
}

function uriFor(properties: Resource['Properties'], authorization: string | undefined): unknown {
  const headers = authorization ? { authorization: { value: authorization } } : {};
  try {
    const made = ask(properties, { method: 'GET', uri: '/api/v1/x', querystring: {}, headers });
    return 'statusCode' in made ? made.statusCode : made.uri;
  } catch (error) {
    return error;
  }
}
