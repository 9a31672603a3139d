import type { Role } from '#platform/context';
import { Checkbox, FieldGroup } from '#ui/choice';
import { Select } from '#ui/field';
import { inGermanOrder } from '#ui/format';
import { useWords } from '#ui/view';
import type { OrgUnit } from '../store/unit.ts';
import { peopleTexts, roleTexts } from './people-texts.ts';

/** A unit with the names above it, for a list to choose from. */
export type UnitChoice = { readonly id: number; readonly path: string };

/** The units with their paths, in the order of the tree. */
export function unitPaths(units: readonly OrgUnit[]): UnitChoice[] {
  const pathOf = (unit: OrgUnit): string => {
    const above = units.find(({ id }) => id === unit.parent);
    return above ? `${pathOf(above)} / ${unit.name}` : unit.name;
  };
  return units.map((unit) => ({ id: unit.id, path: pathOf(unit) })).sort((a, b) => inGermanOrder(a.path, b.path));
}

/** Where a person belongs. */
export function UnitField({ units, value }: { readonly units: readonly UnitChoice[]; readonly value: number | null }) {
  const labels = useWords(peopleTexts);
  return (
    <Select
      name="unit"
      label={labels.unit}
      value={value === null ? '' : String(value)}
      options={[{ value: '', label: labels.noUnit }, ...units.map(({ id, path }) => ({ value: String(id), label: path }))]}
    />
  );
}

/** What a person may do beyond working here. Each role has a field of its own, so that several can be chosen without script. */
export function RoleFields({ value, offered }: { readonly value: readonly Role[]; readonly offered: readonly Role[] }) {
  const labels = useWords(peopleTexts);
  const roles = useWords(roleTexts);
  return (
    <FieldGroup name="roles" legend={labels.roles} hint={labels.rolesHint}>
      {offered.map((role) => (
        <Checkbox
          key={role}
          name={`role-${role}`}
          label={roles[role].name}
          hint={roles[role].hint}
          isChecked={value.includes(role)}
        />
      ))}
    </FieldGroup>
  );
}

/** The roles somebody with these own roles may give: operators appoint operators. */
export const rolesOffered = (mine: readonly Role[]): readonly Role[] =>
  mine.includes('providerOperator')
    ? ['providerOperator', 'tenantAdministrator', 'auditor', 'editor', 'treasurer', 'counter']
    : ['tenantAdministrator', 'auditor', 'editor', 'treasurer', 'counter'];

/** The roles that are checked in a form. */
export const readRoles = (form: FormData): string[] =>
  [...form.keys()].flatMap((name) => (name.startsWith('role-') ? [name.slice('role-'.length)] : []));

/** The unit that is chosen in a form; null: none. */
export function readUnit(form: FormData): number | null {
  const chosen = form.get('unit');
  return typeof chosen === 'string' && chosen !== '' ? Number(chosen) : null;
}
