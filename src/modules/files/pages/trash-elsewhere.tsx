import { Link, useLoaderData } from 'react-router';
import { Button, Buttons } from '#ui/button';
import { Form, Hidden } from '#ui/form';
import { RouteDialog } from '#ui/route-dialog';
import { useWords } from '#ui/view';
import { act, load } from '#web/context';
import { PlaceList, PlacePath } from './places.tsx';
import { actElsewhere, readElsewhere } from './trash-data.ts';
import { trashTexts } from './trash-texts.ts';

export const loader = load(readElsewhere);
export const action = act(actElsewhere);

/** Brings something back to another folder of its space. */
export default function TrashElsewhere() {
  const { ids, space, here, above, folders } = useLoaderData<typeof loader>();
  const labels = useWords(trashTexts);
  const to = (id: number) => ({ to: `/papierkorb/${space}/zurueckholen?ids=${ids.join(',')}&in=${id}`, replace: true });
  return (
    <RouteDialog title={labels.whereTitle} back={`/papierkorb/${space}`}>
      <PlacePath above={above.map(({ id, name }) => ({ key: id, label: <Link {...to(id)}>{name}</Link> }))} here={here.name} />
      <PlaceList folders={folders.map(({ id, name }) => ({ id, name, isSpace: false, link: to(id) }))} />
      <Form name="elsewhere">
        <Hidden name="ids" value={ids.join(',')} />
        <Hidden name="to" value={here.id} />
        <Buttons>
          <Button kind="primary">{labels.whereHere(here.name)}</Button>
        </Buttons>
      </Form>
    </RouteDialog>
  );
}
