import type { CompileOptions } from '../local/compile.js';

/** The stages that the tests deploy or look at. */
export const stages = {
  dev: { stage: 'dev' },
  prod: { stage: 'prod' },
  north: { stage: 'dev', params: { namespace: 'north' } },
  withHeartbeatRule: { stage: 'dev', params: { ownResources: 'examples/heartbeat-rule.yml' } },
} satisfies Record<string, CompileOptions>;
