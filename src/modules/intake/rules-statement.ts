/** Statements of other offices: how one stands on the side that asks, and on the side that is asked. */

export type StatementState = 'asked' | 'answered' | 'withdrawn';
export type ConsultationState = 'open' | 'answered' | 'withdrawn';

/**
 * What is not here cannot happen. An answer that was on its way while the question was withdrawn still arrives: somebody has written it,
 * and believes that it is there.
 */
export const statementEdges = {
  remind: { from: ['asked'], to: null, event: 'intake.statementReminded' },
  withdraw: { from: ['asked'], to: 'withdrawn', event: 'intake.statementWithdrawn' },
  receive: { from: ['asked', 'withdrawn'], to: 'answered', event: null },
} as const satisfies Record<string, { from: readonly StatementState[]; to: StatementState | null; event: string | null }>;

export const consultationEdges = {
  answer: { from: ['open'], to: 'answered', event: 'intake.consultationAnswered' },
  withdraw: { from: ['open'], to: 'withdrawn', event: null },
} as const satisfies Record<string, { from: readonly ConsultationState[]; to: ConsultationState; event: string | null }>;

export const statementLimits = {
  question: 4_000,
  answer: 20_000,
  /** Statements of one submission. */
  statements: 30,
  /** Offices that can be chosen from. */
  offices: 2_000,
  /** Lines of a list. */
  lines: 200,
  /** Working days before the last one on which the office that is asked is reminded by itself. */
  remindDays: 3,
};

/** A part of what was answered, as people read it. */
export type ShownSection = {
  readonly title: string;
  readonly rows: readonly { readonly label: string; readonly value: string }[];
};

type Section = ShownSection & { readonly page: string; readonly item: number };

/** How a section is named in a form. */
export const sectionKey = ({ page, item }: Pick<Section, 'page' | 'item'>): string => `${page}.${item}`;

/** Only the chosen sections, and of them only what people read. */
export const chosenSections = (sections: readonly Section[], chosen: readonly string[]): ShownSection[] =>
  sections
    .filter((section) => section.rows.length > 0 && chosen.includes(sectionKey(section)))
    .map(({ title, rows }) => ({ title, rows: rows.map(({ label, value }) => ({ label, value })) }));
