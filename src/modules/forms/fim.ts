import type { Context } from '#platform/context';
import { publishDefinition } from './catalogue.ts';
import { authorize, stateTenant } from './gate.ts';
import { readFimSchema } from './rules-fim.ts';
import { formOfSchema, type Left } from './rules-fim-form.ts';

export type FimReport = {
  readonly form: string;
  /** Null: it was only looked at. */
  readonly version: number | null;
  readonly pages: number;
  readonly fields: number;
  readonly rules: number;
  /** What an editor has to look at. */
  readonly left: readonly Left[];
};

/**
 * Takes over a schema of FIM's XDatenfelder 3.0 as a form. No municipality takes it before it says so. Only the house may. Throws
 * `invalid` for what is no such schema.
 * @param service key of the service in the finder
 */
export async function importFim(
  ctx: Context,
  xml: string,
  { service, dryRun }: { service: string; dryRun: boolean },
): Promise<FimReport> {
  authorize(ctx.actor, 'editForms', { tenant: stateTenant });
  const { definition, left, rules } = formOfSchema(readFimSchema(xml), service);
  const version = dryRun ? null : await publishDefinition(ctx, definition);
  const fields = definition.pages.reduce((sum, page) => sum + page.fields.length, 0);
  return { form: definition.key, version, pages: definition.pages.length, fields, rules, left };
}
