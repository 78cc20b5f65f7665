import { webSocketRoutes } from '../../local/gateway/routes.js';
import { startIam } from '../../local/iam.js';
import { takeUpRoles } from '../../local/template/service-roles.js';
import { stackResources } from '../../local/template/stack-resources.js';
import type { Template } from './template.js';

const region = { accountId: '123456789012', region: 'eu-west-1' };

/** What the embedded AWS refuses of a template before it starts anything: a sentence, or nothing. */
export function deploymentFaults(template: Template): string[] {
  try {
    const place = { ...region, stackName: template.stackName, edgeHost: 'localhost:1', endpoint: 'http://localhost:2' };
    const resources = stackResources(template, place);
    takeUpRoles(resources, region, startIam({ clock: { now: () => 0 } }));
    const apis = resources.ofType('AWS::ApiGatewayV2::Api');
    const [api, ...others] = apis.filter(({ properties }) => properties.ProtocolType === 'WEBSOCKET');
    if (!api || others.length > 0) throw new Error('The template has not exactly one WebSocket API.');
    webSocketRoutes(resources, api.ref, 'any');
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}
