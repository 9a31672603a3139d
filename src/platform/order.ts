const german = new Intl.Collator('de', { numeric: true });

/** Sorts names as the database does for lists that come page by page (collation `platform.german`): "Anlage 2" before "Anlage 10". */
export const inGermanOrder = (one: string, other: string): number => german.compare(one, other);

/** Like {@link inGermanOrder}, for what has a name. */
export const byName = (one: { readonly name: string }, other: { readonly name: string }): number =>
  inGermanOrder(one.name, other.name);
