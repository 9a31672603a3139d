import { Failure } from '#platform/errors';
import type { Routes } from '#platform/http';
import { attachment } from '#platform/http-file';
import { exportIndicators } from './export.ts';

type Query = { readonly zeitraum?: string; readonly leistung?: string; readonly stelle?: string };

const one = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The table for programs. */
export const routes: Routes = (app) => {
  for (const [format, type] of [
    ['csv', 'text/csv; charset=utf-8'],
    ['json', 'application/json; charset=utf-8'],
  ] as const)
    app.get<{ Querystring: Query }>(
      `/kennzahlen/kennzahlen.${format}`,
      { config: { credentials: 'session' } },
      async ({ ctx, query }, reply) => {
        // Pages send strangers to the sign-in; a download has nowhere to lead to.
        if (ctx.actor.kind !== 'account') throw new Failure('unauthenticated', 'platform.signInFirst');
        const asked = { month: one(query.zeitraum), service: one(query.leistung), source: Number(one(query.stelle)) || null };
        const { name, text } = await exportIndicators(ctx, format, asked);
        return reply.headers({ 'Content-Type': type, 'Content-Disposition': attachment(name) }).send(text);
      },
    );
};
