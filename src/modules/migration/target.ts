import { actorOf, findPerson, type Person } from '#modules/accounts';
import { checkName, createSpace, type Entry, findNamed, type Home, makePath, nameKey, readHome } from '#modules/files';
import { type AccountActor, type Context, systemContext } from '#platform/context';
import { ensure, Failure } from '#platform/errors';

export type TargetInput = {
  /** Address or handle of the person whose own files it becomes, or in whose name a space is filled. */
  readonly person: string;
  /** Name of a shared space; null: the person's own files. */
  readonly space: string | null;
  /** Makes the space when it is missing; the person becomes its manager. */
  readonly makesSpace: boolean;
  /** Folder below, names separated by `/`; made when missing. */
  readonly folder: string | null;
  /** Makes nothing. */
  readonly dryRun: boolean;
};

/** Where it goes. `entry` is null in a dry run when there is nothing yet. */
export type Target = { readonly as: Context; readonly entry: Entry | null };

/**
 * The person as they will be once they have signed in: whoever is invited and has not chosen a password yet gets their files all
 * the same, whoever is disabled does not.
 */
async function inTheNameOf(ctx: Context, person: Person): Promise<Context> {
  const { id: account, tenant, handle, name, address, state } = person;
  ensure(state !== 'disabled', 'conflict', 'migration.disabled', { address });
  const invited: AccountActor = {
    kind: 'account',
    tenant,
    account,
    principals: [account],
    roles: [],
    handle,
    name,
    address,
    via: 'session',
    credential: 0,
  };
  return { ...ctx, actor: (await actorOf(ctx.platform, tenant, account)) ?? invited };
}

/** Finds, or makes, the folder everything goes into. For the command line. Throws `notFound`, `forbidden`, `conflict`. */
export async function openTarget(ctx: Context, input: TargetInput): Promise<Target> {
  const person = await findPerson(ctx, input.person);
  const as = await inTheNameOf(ctx, person);
  const home = await readHome(as);
  const top = input.space === null ? home.own : await openSpace(as, person, home, { ...input, space: input.space });
  const names = (input.folder ?? '')
    .split('/')
    .filter((name) => name !== '')
    .map(checkName);
  if (top === null || names.length === 0) return { as, entry: top };
  return { as, entry: input.dryRun ? await follow(as, top, names) : await makePath(as, top, names) };
}

async function openSpace(
  as: Context,
  person: Person,
  home: Home,
  { space: name, makesSpace, dryRun }: TargetInput & { readonly space: string },
): Promise<Entry | null> {
  const find = ({ mounts }: Home) => mounts.find(({ space }) => space.kind === 'shared' && nameKey(space.name) === nameKey(name));
  let found = find(home);
  ensure(found || makesSpace, 'notFound', 'migration.noSpace', { name, address: person.address });
  if (!found && dryRun) return null;
  if (!found) {
    const house = systemContext(as.platform, person.tenant, 'admin');
    await createSpace(house, { name }, [{ principal: person.id, role: 'manager' }]);
    found = find(await readHome(as));
  }
  if (!found) throw new Failure('notFound', 'migration.noSpace', { name, address: person.address });
  return { node: found.root, space: found.space, role: found.role, isRoot: true };
}

/** As far as the path is there; null when something is missing. */
async function follow(as: Context, top: Entry, names: readonly string[]): Promise<Entry | null> {
  let here = top;
  for (const name of names) {
    const node = (await findNamed(as, here, [name])).get(nameKey(name));
    if (!node) return null;
    ensure(node.isFolder, 'conflict', 'files.notAFolder', { name });
    here = { ...here, node, isRoot: false };
  }
  return here;
}
