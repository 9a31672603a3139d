import { type Static, Type } from 'typebox';

/** A payment as the metadata of FIT-Connect say it (version 1.0.0, `paymentInformation`). */

const methods = ['GIROPAY', 'PAYDIRECT', 'CREDITCARD', 'PAYPAL', 'INVOICE', 'OTHER'] as const;
const plain = '^[\\w\\d-]+$';

export const PaymentSchema = Type.Object({
  transactionReference: Type.String({ maxLength: 200 }),
  transactionId: Type.String({ minLength: 1, maxLength: 36, pattern: plain }),
  transactionTimestamp: Type.Optional(Type.String({ maxLength: 40 })),
  paymentMethod: Type.Enum(methods),
  paymentMethodDetail: Type.Optional(Type.String({ minLength: 1, maxLength: 36, pattern: plain })),
  status: Type.Enum(['INITIAL', 'BOOKED', 'FAILED', 'CANCELED']),
  /** Euros. */
  grossAmount: Type.Optional(Type.Number({ minimum: 0 })),
});
export type PaymentInformation = Static<typeof PaymentSchema>;

export type PaidOnline = {
  /** The payment reference (Kassenzeichen). */
  readonly reference: string;
  /** As the payment service calls it. */
  readonly transaction: string;
  readonly method: string;
  readonly cents: number;
  readonly at: Date;
};

const fits = (text: string) => text.length <= 36 && new RegExp(plain).test(text);

/** What was paid; null: the payment service gives it a name that cannot be said here. */
export function paymentInformation({ reference, transaction, method, cents, at }: PaidOnline): PaymentInformation | null {
  if (!fits(transaction) || cents < 1) return null;
  const known = methods.find((one) => one === method.toUpperCase());
  return {
    transactionReference: reference,
    transactionId: transaction,
    transactionTimestamp: at.toISOString(),
    paymentMethod: known ?? 'OTHER',
    status: 'BOOKED',
    grossAmount: cents / 100,
    ...(!known && fits(method) && { paymentMethodDetail: method }),
  };
}
