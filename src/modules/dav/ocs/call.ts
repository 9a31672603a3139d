import type { Context } from '#platform/context';
import { ensure } from '#platform/errors';
import type { FastifyRequest } from '#platform/http';
import type { Answer } from './envelope.ts';

/** One request to an operation, with what was given in the path, the query and the body alike: clients differ in where. */
export type Call = {
  readonly ctx: Context;
  readonly request: FastifyRequest;
  /** A part of the path. */
  readonly param: (name: string) => string;
  /** A value of the query or the body; undefined when it was not given. */
  readonly given: (name: string) => string | undefined;
  /** Values of a list, `name[]=1&name[]=2` or a JSON array. */
  readonly all: (name: string) => readonly string[];
};

/** One operation: parse, call one verb, render. */
export type Operation = (call: Call) => Answer | Promise<Answer>;

const asText = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;

const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);

/** Reads a request; see {@link Call}. */
export function callOf(request: FastifyRequest): Call {
  const params = request.params as Readonly<Record<string, string>>;
  const body = typeof request.body === 'object' && request.body !== null ? request.body : {};
  const values = new Map<string, unknown>([...Object.entries(request.query as object), ...Object.entries(body)]);
  return {
    ctx: request.ctx,
    request,
    param: (name) => params[name] ?? '',
    given: (name) => asText(values.get(name)),
    all: (name) => asList(values.get(name) ?? values.get(`${name}[]`)).flatMap((value) => asText(value) ?? []),
  };
}

/** A number of a path or a query. Throws `invalid` when it is none, or beyond the bounds. */
export function numberOf(text: string | undefined, name: string, { least = 0, most = Number.MAX_SAFE_INTEGER } = {}): number {
  const value = Number(text);
  const isFine = /^-?\d{1,16}$/.test(text ?? '') && value >= least && value <= most;
  ensure(isFine, 'invalid', 'platform.invalid', { detail: name });
  return value;
}

/** A limit a client asks for, kept within bounds. */
export function limitOf(text: string | undefined, fallback: number, most: number): number {
  const value = /^\d{1,9}$/.test(text ?? '') ? Number(text) : fallback;
  return Math.min(Math.max(1, value), most);
}
