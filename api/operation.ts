import type * as z from 'zod/mini';
import type { Caller, Role } from '../csms/access/ports.js';
import type { OperationPorts } from './ports.js';

type Schema = z.ZodMiniType;

/** What a handler gets: all of it as its schemas say. */
export interface Input<Params, Query, Body> {
  params: Params;
  query: Query;
  body: Body;
  caller: Caller;
  /** Of what a change makes, 26 characters: the same when it is done again under its idempotency key. Otherwise empty. */
  id: string;
  /** The revision of `If-Match`, or 0 of `If-None-Match: *`: what is to be changed must have it. */
  expected: number | undefined;
  /** Of the request, names in lower case. */
  headers: Headers;
}

/** What a handler answers. */
export interface Reply {
  status: number;
  /** Sent as JSON, unless it is a text. */
  body?: unknown;
  headers?: Record<string, string>;
  /** Of what is answered; makes up its ETag. */
  revision?: number;
}

/** What an operation may answer, beside problems. */
export interface Answer {
  description: string;
  schema?: Schema;
  /** Where it is not JSON. */
  type?: string;
}

/** Runs in the tests, and stands in the OpenAPI document. */
export interface Example {
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
  headers?: Record<string, string>;
  status: number;
}

/** One method of one path: who may, what it takes, what it does, and what it answers. */
export interface Operation<
  Params extends Schema = Schema,
  Query extends Schema = Schema,
  Body extends Schema = Schema,
> {
  /** Unique; what a generated client calls it. */
  id: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/v1`: `/charge-points/{chargePointId}`. */
  path: string;
  summary: string;
  role: Role | 'anyone';
  params: Params;
  query: Query;
  body?: Body;
  /** `application/json` where it says nothing. */
  bodyType?: 'application/json' | 'text/csv';
  /** Changes what has a revision: `If-Match` counts. */
  isConditional?: true;
  /** For whoever has a scope too, though it is about none of the charge points. */
  isForAll?: true;
  /** Its body may say which charge point it is, and where it stands. */
  placesIt?: true;
  /** Its answer has something secret in it, which is kept nowhere: an idempotency key has no effect. */
  isSecret?: true;
  /** Its answer may be held back until it is settled. */
  isWaitedFor?: true;
  /** What of its body is written down of a change, where the body itself says that only at length. */
  inShort?(body: z.output<Body>): unknown;
  /** Changes nothing, though its method says so. */
  isHarmless?: true;
  answers: Record<number, Answer>;
  example: Example;
  handle(input: Input<z.output<Params>, z.output<Query>, z.output<Body>>, ports: OperationPorts): Promise<Reply>;
}

/** The compiler holds a handler to its schemas; all others see an operation like any other. */
export function operation<P extends Schema, Q extends Schema, B extends Schema>(one: Operation<P, Q, B>): Operation {
  return one as unknown as Operation;
}

/** Does it change anything? */
export function isChange({ method, isHarmless }: Operation): boolean {
  return method !== 'GET' && !isHarmless;
}
