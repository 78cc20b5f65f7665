import type { Deployed, StackResources } from '../template/stack-resources.js';
import { apiArn, type Target, targetOf } from './integration.js';

export type RouteKey = '$connect' | '$default' | '$disconnect';

export interface Routes extends Record<RouteKey, Target> {
  authorizer: Target;
  identitySource: string[];
  /** What the authorizer decides about. */
  methodArn: string;
}

/** The name of an API's one stage. @throws when there is none, or more than one */
export function stageOf(resources: StackResources, { ref, logicalId }: Deployed): string {
  const [stage, ...others] = resources
    .ofType('AWS::ApiGatewayV2::Stage')
    .filter(({ properties }) => properties.ApiId === ref);
  if (!stage || others.length > 0) throw new Error(`${logicalId} has ${others.length + (stage ? 1 : 0)} stages.`);
  return stage.properties.StageName as string;
}

/** Follows a WebSocket API's routes to their integrations and functions. @throws when one leads nowhere, or is not known here */
export function webSocketRoutes(resources: StackResources, apiId: string, stage: string): Routes {
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
