import type { Invoker } from '../lambda/lambda.js';
import type { Deployed, StackResources } from '../template/stack-resources.js';

/** A function behind the API, and on whose behalf it is invoked. */
export interface Target {
  functionArn: string;
  invoker: Invoker;
}

export type RouteKey = '$connect' | '$default' | '$disconnect';

export interface Routes extends Record<RouteKey, Target> {
  authorizer: Target;
  identitySource: string[];
  /** What the authorizer decides about. */
  methodArn: string;
}

/** The one API of a protocol, and its one stage. @throws when there is none, or more than one */
export function apiOf(resources: StackResources, protocol: 'HTTP' | 'WEBSOCKET'): { apiId: string; stage: string } {
  const [api, ...others] = resources
    .ofType('AWS::ApiGatewayV2::Api')
    .filter(({ properties }) => properties.ProtocolType === protocol);
  if (!api || others.length > 0) throw new Error(`The template has ${others.length + (api ? 1 : 0)} ${protocol} APIs.`);
  const stages = resources.ofType('AWS::ApiGatewayV2::Stage').filter(({ properties }) => properties.ApiId === api.ref);
  if (stages.length !== 1) throw new Error(`The ${protocol} API has ${stages.length} stages.`);
  return { apiId: api.ref, stage: stages[0]?.properties.StageName as string };
}

/** Follows a WebSocket API's routes to their integrations and functions. @throws when one leads nowhere, or is not known here */
export function routesOf(resources: StackResources, apiId: string, stage: string): Routes {
  function byRef(type: string, ref: unknown): Deployed {
    const found = resources.ofType(type).find((resource) => resource.ref === ref);
    if (!found) throw new Error(`A route names the unknown ${type} ${ref}.`);
    return found;
  }
  const routes = resources.ofType('AWS::ApiGatewayV2::Route').filter(({ properties }) => properties.ApiId === apiId);
  function route(key: RouteKey): Deployed['properties'] {
    const found = routes.find(({ properties }) => properties.RouteKey === key);
    if (!found) throw new Error(`The template has no route ${key}.`);
    return found.properties;
  }
  function target(key: RouteKey): Target {
    const integration = (route(key).Target as string).replace('integrations/', '');
    const { IntegrationUri } = byRef('AWS::ApiGatewayV2::Integration', integration).properties;
    return targetOf(IntegrationUri as string, apiId, key === '$connect' ? `${stage}/$connect` : `*/${key}`);
  }
  const others = routes.map(({ properties }) => properties.RouteKey as string).filter((key) => !isKnown(key));
  if (others.length > 0) throw new Error(`The embedded AWS does not know the route ${others[0]}.`);

  const { properties, ref } = byRef('AWS::ApiGatewayV2::Authorizer', route('$connect').AuthorizerId);
  const authorizer = targetOf(properties.AuthorizerUri as string, apiId, `authorizers/${ref}`);
  return {
    $connect: target('$connect'),
    $default: target('$default'),
    $disconnect: target('$disconnect'),
    authorizer,
    identitySource: (properties.IdentitySource as string[] | undefined) ?? [],
    methodArn: apiArn(authorizer.functionArn, apiId, `${stage}/$connect`),
  };
}

function isKnown(key: string): key is RouteKey {
  return key === '$connect' || key === '$default' || key === '$disconnect';
}

/** The function behind an integration or an authorizer, and as whom an API invokes it. @throws when there is none */
export function targetOf(uri: string, apiId: string, source: string): Target {
  const functionArn = /\/functions\/(.+)\/invocations$/.exec(uri)?.[1];
  if (!functionArn) throw new Error(`The integration ${uri} is not a function's.`);
  const sourceArn = apiArn(functionArn, apiId, source);
  return { functionArn, invoker: { principal: 'apigateway.amazonaws.com', sourceArn } };
}

/** An API is in the account and Region of its functions. */
function apiArn(functionArn: string, apiId: string, path: string): string {
  return functionArn.replace(/:lambda:(.+):function:.*/, `:execute-api:$1:${apiId}/${path.replaceAll('$', '$$$$')}`);
}
