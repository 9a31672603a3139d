import { after } from 'node:test';
import { openPracticeIdentity, type PracticeIdentity } from '../src/demo/identity/server.ts';
import { freePort } from './port.ts';
import type { StandOptions } from './stand.ts';

/** The practice identity of the demonstration, for tests: a server of its own, with every way to answer wrongly. */
export { type Fault, faults } from '../src/demo/identity/answer.ts';
export type { PracticeIdentity };

export type IdentityForTests = {
  readonly identity: PracticeIdentity;
  /** For a stand, or a browser in front of one, that signs citizens in with it. */
  readonly options: StandOptions;
  /** The identity's clock; a stand stands still at another moment than the machine's. */
  setClock(now: () => Date): void;
};

/** Opens a practice identity for one stand and closes it when the test file ends. */
export async function openIdentity(): Promise<IdentityForTests> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let clock = () => new Date();
  const identity = await openPracticeIdentity({ partnerUrl: url, now: () => clock() });
  after(() => identity.close());
  const settings = { RENNSTEIG_PORT: String(port), RENNSTEIG_URL: url, ...identity.settings };
  return {
    identity,
    options: { settings },
    setClock: (now) => {
      clock = now;
    },
  };
}
