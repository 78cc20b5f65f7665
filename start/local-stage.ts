import { embeddedAudience, embeddedIssuer } from '../local/issuer.js';
import type { CompileOptions } from './compile.js';

/** The stage that runs on a laptop: dev, where people sign in with the embedded issuer. */
export const localStage = {
  stage: 'dev',
  params: { issuer: embeddedIssuer, audience: embeddedAudience },
} satisfies CompileOptions;
