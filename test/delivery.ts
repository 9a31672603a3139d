import { after } from 'node:test';
import * as accounts from '#modules/accounts';
import { systemContext } from '#platform/context';
import { connect } from '#platform/db';
import { settleOffice } from './office.ts';
import { settle } from './people.ts';
import { openStand } from './stand.ts';

/**
 * Ellrich, whose office takes applications, and Rhönblick, which runs a delivery service at `address` and whose administrator is Emil.
 * `behind` looks into the database past all rules.
 */
export async function openDeliveryStand() {
  const stand = await openStand({ settings: { RENNSTEIG_DELIVERY_HOSTS: '127.0.0.1' } });
  const { platform } = stand.house;
  const port = await stand.house.listen();
  const behind = connect(stand.owner);
  after(() => behind.end());
  const people = await settle(stand);
  const { ellrich, rhoenblick, id } = people;
  const { send } = await settleOffice(stand, people);
  const town = systemContext(platform, ellrich, 'test');
  const theirs = systemContext(platform, rhoenblick, 'test');
  await accounts.setRoles(theirs, { account: id.emil }, ['tenantAdministrator']);
  const [anna, emil] = [await people.now('anna'), await people.now('emil')];
  const address = `http://127.0.0.1:${port}/zustelldienst/${rhoenblick}`;
  return { stand, platform, port, behind, people, send, town, theirs, anna, emil, address };
}
