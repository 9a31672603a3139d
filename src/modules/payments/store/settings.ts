import type { Sql, Tx } from '#platform/db';

export type GatewayKind = 'none' | 'xbezahldienste' | 'signedForms';

/** How a tenant is paid, with its secret as it is stored. */
export type SettingsRow = {
  readonly gateway: GatewayKind;
  /** Base address of the gateway's interface. */
  readonly address: string;
  readonly originator: string;
  readonly endpoint: string;
  readonly secret: Uint8Array | null;
  readonly secretKey: number | null;
  readonly referencePrefix: string;
  readonly fourEyesCents: number;
  readonly daysToPay: number;
  readonly payee: string;
  readonly iban: string;
  readonly bic: string;
  readonly changedAt: Date | null;
};

export async function readSettings(sql: Sql | Tx, tenant: number): Promise<SettingsRow | null> {
  const [row] = await (sql as Sql)<SettingsRow>`
    select gateway, address, originator, endpoint, secret, secret_key as "secretKey", reference_prefix as "referencePrefix",
      four_eyes_cents as "fourEyesCents", days_to_pay as "daysToPay", payee, iban, bic, changed_at as "changedAt"
    from payments.settings where tenant = ${tenant}`;
  return row ?? null;
}

export async function upsertSettings(tx: Tx, tenant: number, row: SettingsRow): Promise<void> {
  await tx`
    insert into payments.settings (tenant, gateway, address, originator, endpoint, secret, secret_key, reference_prefix,
      four_eyes_cents, days_to_pay, payee, iban, bic, changed_at)
    values (${tenant}, ${row.gateway}, ${row.address}, ${row.originator}, ${row.endpoint}, ${row.secret}, ${row.secretKey},
      ${row.referencePrefix}, ${row.fourEyesCents}, ${row.daysToPay}, ${row.payee}, ${row.iban}, ${row.bic}, ${row.changedAt})
    on conflict (tenant) do update set
      gateway = excluded.gateway, address = excluded.address, originator = excluded.originator, endpoint = excluded.endpoint,
      secret = excluded.secret, secret_key = excluded.secret_key, reference_prefix = excluded.reference_prefix,
      four_eyes_cents = excluded.four_eyes_cents, days_to_pay = excluded.days_to_pay, payee = excluded.payee,
      iban = excluded.iban, bic = excluded.bic, changed_at = excluded.changed_at`;
}
