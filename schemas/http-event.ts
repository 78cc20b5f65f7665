import * as z from 'zod/mini';

/** What API Gateway tells a function of an HTTP request, payload format 2.0. */
export const httpEvent = z.object({
  routeKey: z.string(),
  /** Decoded. */
  rawPath: z.string(),
  rawQueryString: z.string(),
  headers: z._default(z.record(z.string(), z.string()), {}),
  body: z.optional(z.string()),
  isBase64Encoded: z._default(z.boolean(), false),
  requestContext: z.object({
    http: z.object({ method: z.string() }),
    authorizer: z.optional(z.object({ jwt: z.object({ claims: z.record(z.string(), z.unknown()) }) })),
  }),
});
export type HttpEvent = z.infer<typeof httpEvent>;
