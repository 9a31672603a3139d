import { Button, Buttons, LinkButton } from '#ui/button';
import { Select, TextArea, TextField } from '#ui/field';
import { Form } from '#ui/form';
import { useWords } from '#ui/view';
import { text } from '#web/context';
import type { Tenant } from '../store.ts';
import { joinUnit, splitBytes, unitsOf } from './policy-words.ts';
import { kindTexts, tenantTexts } from './tenant-texts.ts';

/** A tenant that may stand above. */
export type Parent = { readonly tenant: number; readonly name: string };

type TenantFormProps = {
  readonly name: string;
  /** What is known so far; null for a new one. */
  readonly tenant: Tenant | null;
  readonly parents: readonly Parent[];
  readonly submit: string;
};

/** The data of a tenant. Slug and kind of the provider are fixed once they are chosen. */
export function TenantForm({ name, tenant, parents, submit }: TenantFormProps) {
  const labels = useWords(tenantTexts);
  const quota = tenant?.quota == null ? null : splitBytes(tenant.quota);
  return (
    <Form name={name} labels={labels}>
      <TextField name="name" label={labels.name} value={tenant?.name ?? ''} maxLength={200} />
      {!tenant && <TextField name="slug" label={labels.slug} hint={labels.slugHint} maxLength={63} width="medium" isOptional />}
      {tenant?.kind !== 'provider' && <PlaceFields tenant={tenant} parents={parents} />}
      <TextField
        name="municipalityKey"
        label={labels.municipalityKey}
        hint={labels.municipalityKeyHint}
        value={tenant?.municipalityKey ?? ''}
        maxLength={20}
        width="medium"
        isOptional
      />
      <TextArea name="address" label={labels.address} value={tenant?.address ?? ''} rows={2} isOptional />
      <div className="form-pair">
        <TextField
          name="quota"
          type="number"
          label={labels.quota}
          hint={labels.quotaHint}
          value={quota ? String(quota.amount) : ''}
          isOptional
        />
        <Select
          name="unit"
          label={labels.unit}
          value={quota?.unit ?? 'GB'}
          options={unitsOf('bytes').map(({ key }) => ({ value: key, label: key }))}
        />
      </div>
      {!tenant && <TextArea name="hosts" label={labels.hosts} hint={labels.hostsHint} rows={2} isOptional />}
      <Buttons>
        <Button kind="primary">{submit}</Button>
        <LinkButton kind="tertiary" to="/anbieter">
          {labels.cancel}
        </LinkButton>
      </Buttons>
    </Form>
  );
}

function PlaceFields({ tenant, parents }: Pick<TenantFormProps, 'tenant' | 'parents'>) {
  const labels = useWords(tenantTexts);
  const kinds = Object.entries(useWords(kindTexts)).filter(([kind]) => kind !== 'provider');
  return (
    <div className="form-pair">
      <Select
        name="kind"
        label={labels.kind}
        value={tenant?.kind ?? 'municipality'}
        options={kinds.map(([value, label]) => ({ value, label }))}
      />
      <Select
        name="parent"
        label={labels.parent}
        hint={labels.parentHint}
        value={String(tenant?.parent ?? 1)}
        options={parents
          .filter((parent) => parent.tenant !== tenant?.tenant)
          .map((parent) => ({ value: String(parent.tenant), label: parent.name }))}
      />
    </div>
  );
}

/** What the form says about a tenant; the provider keeps its place. */
export function readTenantForm(form: FormData) {
  const quota = text(form, 'quota');
  const place = form.has('kind') ? { kind: text(form, 'kind'), parent: Number(text(form, 'parent')) } : {};
  return {
    name: text(form, 'name'),
    ...place,
    municipalityKey: text(form, 'municipalityKey'),
    address: text(form, 'address')
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
      .join(', '),
    quota: quota === '' ? null : joinUnit(quota, text(form, 'unit')),
  };
}

/** The lines of a text field, without the empty ones. */
export const linesOf = (text: string): string[] => text.split(/\s+/).filter((line) => line !== '');
