/** A unit's place in the tree. */
export type UnitPlace = { readonly id: number; readonly parent: number | null };

/** The unit and everything below it. */
export function unitsBelow(units: readonly UnitPlace[], id: number): Set<number> {
  const children = Map.groupBy(units, ({ parent }) => parent);
  const found = new Set([id]);
  // The set grows while it is walked; a unit already in it is not walked again, so this ends on any input.
  for (const unit of found) for (const child of children.get(unit) ?? []) found.add(child.id);
  return found;
}

/** Levels of the branch that begins with the unit, itself included. Ends on any input. */
export function heightOf(units: readonly UnitPlace[], id: number): number {
  const children = Map.groupBy(units, ({ parent }) => parent);
  let level = [id];
  for (let height = 1; height <= units.length; height += 1) {
    level = level.flatMap((unit) => (children.get(unit) ?? []).map((child) => child.id));
    if (level.length === 0) return height;
  }
  return units.length + 1;
}

/** Levels from the top to the unit, itself included; 0 for null. Ends on any input. */
export function depthOf(units: readonly UnitPlace[], id: number | null): number {
  const parentOf = new Map(units.map((unit) => [unit.id, unit.parent]));
  const seen = new Set<number>();
  for (let at = id; at !== null && !seen.has(at); at = parentOf.get(at) ?? null) seen.add(at);
  return seen.size;
}

/** A unit's name, or its path with slashes, as it is looked up: in small letters, without the spaces around slashes that pages show. */
export const unitKey = (text: string): string => text.toLowerCase().replaceAll(/\s*\/\s*/g, '/');

/** Names and paths by which a unit may be called in a table, as {@link unitKey} makes them; null where it is not unique. */
export function unitNames(units: readonly (UnitPlace & { readonly name: string })[]): Map<string, number | null> {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const names = new Map<string, number | null>();
  const add = (name: string, id: number) => {
    const known = names.get(name);
    names.set(name, known === undefined || known === id ? id : null);
  };
  for (const unit of units) {
    const path: string[] = [];
    const seen = new Set<number>();
    for (
      let at: typeof unit | undefined = unit;
      at && !seen.has(at.id);
      at = at.parent === null ? undefined : byId.get(at.parent)
    ) {
      seen.add(at.id);
      path.unshift(at.name);
    }
    add(unitKey(unit.name), unit.id);
    add(unitKey(path.join('/')), unit.id);
  }
  return names;
}
