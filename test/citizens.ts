import { readConfig } from '../src/config.ts';
import { openHouse } from '../src/house.ts';
import { visitInstance } from '../src/instance.ts';
import { settleForms } from './forms.ts';
import { type People, settle } from './people.ts';

/** Looks into an instance that does not serve, as its house sees it. */
export async function visitHouse<T>(
  data: string,
  work: (house: Awaited<ReturnType<typeof openHouse>>) => Promise<T>,
): Promise<T> {
  const config = readConfig(['--data', data, '--log', 'error', '--port', '0'], {});
  return visitInstance(config, async ({ app, owner }) => {
    const house = await openHouse({ config, app, owner, worksOnJobs: false });
    try {
      return await work(house);
    } finally {
      await house.close();
    }
  });
}

/** An empty instance gets the cast, the register, our texts, and a town that takes forms; then `work` is done in it. */
export function settleCitizens<T>(data: string, work: (people: People) => Promise<T>): Promise<T> {
  return visitHouse(data, async (house) => {
    const people = await settle({ house });
    await settleForms(people);
    return work(people);
  });
}
