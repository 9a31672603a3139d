import * as accounts from '#modules/accounts';
import * as payments from '#modules/payments';
import { type Context, systemContext } from '#platform/context';
import { openPracticeGateway, type PracticeGateway } from './gateway.ts';
import type { People } from './people.ts';

const secret = 'geheim-fuer-den-gang';

export type Treasury = {
  readonly service: PracticeGateway;
  /** Asks Celik for money, in Ellrich; what is left out is a dog's tax. */
  ask(input?: Partial<payments.PaymentInput>): Promise<payments.OpenedPayment>;
};

/**
 * Ellrich's treasury with a payment service to practise with: Anna and Bernd are its treasurers. The stand needs
 * `RENNSTEIG_PAYMENT_HOSTS` for 127.0.0.1; whoever asks closes `service`.
 * @param dialect which language the service speaks
 */
export async function settleTreasury(people: People, dialect: 'x' | 'f' = 'f'): Promise<Treasury> {
  const { ellrich: tenant, id } = people;
  const service = await openPracticeGateway({ secret });
  const { platform } = people.house;
  const house = systemContext(platform, tenant, 'test');
  const gateway = dialect === 'x' ? 'xbezahldienste' : 'signedForms';
  await payments.setSettings(house, {
    gateway,
    address: `${service.url}/${dialect}`,
    originator: 'ellrich',
    endpoint: 'stadtkasse',
    secret,
    payee: 'Stadtkasse Ellrich',
    iban: 'DE02120300000000202051',
    bic: 'BYLADEM1001',
  });
  for (const account of [id.anna, id.bernd]) await accounts.setRoles(house, { tenant, account }, ['treasurer']);
  const visitor: Context = { ...people.nobody, actor: { kind: 'nobody', tenant } };
  let things = 0;
  return {
    service,
    ask: (input = {}) =>
      platform.db.write(tenant, (tx) =>
        payments.openPayment(visitor, tx, {
          tenant,
          thing: { kind: 'application', id: `a-${++things}` },
          thingName: `HUN-2026-${String(things).padStart(7, '0')}`,
          purpose: 'Hundesteuer 2026 für „Bello“',
          items: [
            { text: 'Hundesteuer für den ersten Hund', cents: 6_000 },
            { text: 'Hundemarke', cents: 450, taxPercent: 19 },
          ],
          debtor: {
            name: 'Celik Çetin',
            street: 'Hauptstraße 5',
            postcode: '99755',
            town: 'Ellrich',
            mail: 'celik@post.example',
          },
          returnTo: '/suche',
          ...input,
        }),
      ),
  };
}
