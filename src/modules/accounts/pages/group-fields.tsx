import { Checkbox, FieldGroup } from '#ui/choice';
import { useWords } from '#ui/view';
import { type PageHouse, signedIn } from '#web/context';
import { groupTexts } from './group-texts.ts';

/** So many groups stand in one form; of more, those that begin the alphabet, and a search leads to the rest. */
const mostShown = 100;

export type GroupChoice = { readonly id: number; readonly name: string };
export type GroupChoices = { readonly groups: readonly GroupChoice[]; readonly isMore: boolean };

/** The groups somebody may put people into: administrators those of their own authority, operators none. */
export async function groupChoices(house: PageHouse, search = ''): Promise<GroupChoices> {
  if (!signedIn(house).roles.includes('tenantAdministrator')) return { groups: [], isMore: false };
  const { items, next } = await house.rooms.accounts.listGroups(house.ctx, { search, limit: mostShown });
  return { groups: items.map(({ id, name }) => ({ id, name })), isMore: next !== null };
}

/** The groups a new person belongs to from the first day. Each has a field of its own, so that several can be chosen without script. */
export function GroupFields({ choices: { groups, isMore } }: { readonly choices: GroupChoices }) {
  const labels = useWords(groupTexts);
  if (groups.length === 0) return null;
  return (
    <FieldGroup name="groups" legend={labels.groups} hint={isMore ? labels.moreGroups : undefined}>
      <div className="choices">
        {groups.map(({ id, name }) => (
          <Checkbox key={id} name={`group-${id}`} label={name} />
        ))}
      </div>
    </FieldGroup>
  );
}

/** The groups that are checked in a form. */
export const readGroups = (form: FormData): number[] =>
  [...form.keys()].flatMap((name) => (/^group-\d{1,15}$/.test(name) ? [Number(name.slice('group-'.length))] : []));
