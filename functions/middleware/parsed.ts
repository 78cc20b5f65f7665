import type { MiddlewareObj } from '@middy/core';
import type * as z from 'zod/mini';

/** Gives the handler the event as `schema` makes it; an event of another form ends the invocation with what is wrong. */
export function parsed<S extends z.ZodMiniType>(schema: S): MiddlewareObj<z.infer<S>> {
  return {
    before: (request) => {
      request.event = schema.parse(request.event);
    },
  };
}
