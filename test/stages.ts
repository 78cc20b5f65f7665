import type { CompileOptions } from '../start/compile.js';
import { localStage } from '../start/local-stage.js';

/** The stages that the tests deploy or look at. */
export const stages = {
  dev: { stage: 'dev' },
  prod: { stage: 'prod' },
  /** Beside dev in one account: things and topics are common property there. */
  north: { stage: 'north', params: { namespace: 'north', allowSecurityProfile0: 'true', messageLog: '7' } },
  /** The stack that the probes bring along. */
  probes: { stage: 'dev', service: 'probes' },
  withOwnAnswer: {
    stage: 'dev',
    params: { ownResources: 'examples/own-answer/resources.yml', answeredElsewhere: 'Authorize,DataTransfer:com.acme' },
  },
  /** As all stages but dev are: what is said is logged nowhere. */
  withoutMessageLog: { stage: 'dev', params: { messageLog: '0' } },
  /** What `npm start` runs: people sign in with the embedded issuer. */
  withIssuer: localStage,
  withPeople: { stage: 'dev', params: { ownResources: 'examples/cognito.yml' } },
  withHeartbeatRule: { stage: 'dev', params: { ownResources: 'examples/heartbeat-rule.yml' } },
} satisfies Record<string, CompileOptions>;
