import type { CompileOptions } from './compile.js';
import { embeddedAudience, embeddedIssuer } from './issuer.js';

/** The stage that runs on a laptop: dev, where people sign in with the embedded issuer. */
export const localStage = {
  stage: 'dev',
  params: { issuer: embeddedIssuer, audience: embeddedAudience },
} satisfies CompileOptions;
