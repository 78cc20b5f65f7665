import { createHash, createHmac } from 'node:crypto';
import { runInNewContext } from 'node:vm';
import type { Clock } from './clock.js';
import type { Deployed } from './template/stack-resources.js';

interface Parameter {
  value: string;
  multiValue?: { value: string }[];
}

/** A request as a CloudFront Function sees it. */
export interface ViewerRequest {
  method: string;
  uri: string;
  querystring: Record<string, Parameter>;
  headers: Record<string, { value: string }>;
}

/** Makes another request of one, or answers it. */
export type ViewerFunction = (event: object) => ViewerRequest | { statusCode: number };

/** A CloudFront Function: plain JavaScript with little around it. */
export function viewerFunction({ properties, logicalId }: Deployed, clock: Pick<Clock, 'now'>): ViewerFunction {
  const { FunctionCode, FunctionConfig } = properties as { FunctionCode: string; FunctionConfig: { Runtime: string } };
  const { Runtime } = FunctionConfig;
  if (Runtime !== 'cloudfront-js-2.0') throw new Error(`${logicalId}: unknown runtime ${Runtime}.`);
  if (Buffer.byteLength(FunctionCode) > 10 * 1024) {
    throw new Error(`${logicalId}: a CloudFront Function has at most 10 KB.`);
  }
  const handler = runInNewContext(`${FunctionCode}\nhandler`, surroundings(clock)) as ViewerFunction;
  // In and out as JSON, as between machines.
  return (event) => JSON.parse(JSON.stringify(handler(JSON.parse(JSON.stringify(event)))));
}

/** What there is besides the language. */
function surroundings(clock: Pick<Clock, 'now'>): object {
  return {
    require(name: string) {
      if (name !== 'crypto') throw new Error(`A CloudFront Function can not require ${name}.`);
      return { createHash, createHmac };
    },
    Date: new Proxy(Date, {
      get: (date, name) => (name === 'now' ? clock.now : Reflect.get(date, name)),
      apply: () => new Date(clock.now()).toString(),
      construct: (date, given, newTarget) =>
        Reflect.construct(date, given.length > 0 ? given : [clock.now()], newTarget),
    }),
  };
}
