import { useLoaderData } from 'react-router';
import { Alert } from '#ui/alert';
import { Button } from '#ui/button';
import { Form, Hidden } from '#ui/form';
import { Moment } from '#ui/format';
import { Section } from '#ui/page';
import { useWords } from '#ui/view';
import { act, go, load, signedIn, text } from '#web/context';
import type { LeftView } from '../edit-left.ts';
import { leftTexts } from './editor-names.ts';
import { addressOf, EditorPage } from './editor-parts.tsx';
import { releaseTexts } from './editor-release-texts.ts';
import { put } from './form-texts.ts';

export const loader = load(async (house, { params }) => {
  signedIn(house);
  return house.rooms.forms.lookAtLeft(house.ctx, params.form ?? '');
});

export const action = act(async (house, { form, params }) => {
  signedIn(house);
  const [, what, number] = /^(done|open):(\d{1,6})$/.exec(text(form, 'act')) ?? [];
  const isDone = what === 'done';
  const key = params.form ?? '';
  await house.rooms.forms.tickLeft(house.ctx, key, { number: Number(number) || 0, isDone });
  const words = releaseTexts[house.ctx.locale];
  const undo = { action: addressOf(key, '/schema'), fields: { act: `${isDone ? 'open' : 'done'}:${number}` } };
  return go(house, addressOf(key, '/schema'), { text: isDone ? words.ticked : words.unticked, undo });
});

/** What the schema says and the form cannot: each point with what to do instead, until it is ticked off. */
export default function EditorLeftPage() {
  const { view, left } = useLoaderData<typeof loader>();
  const labels = useWords(releaseTexts);
  const open = left.filter(({ doneAt }) => doneAt === null);
  const done = left.filter(({ doneAt }) => doneAt !== null);
  return (
    <EditorPage view={view} here="/schema" lead={labels.leftLead}>
      {left.length === 0 && <p className="muted">{labels.leftNone}</p>}
      {left.length > 0 && open.length === 0 && <Alert tone="success">{labels.leftAllDone}</Alert>}
      {open.length > 0 && <Points title={put(labels.leftOpen, { count: open.length })} points={open} />}
      {done.length > 0 && <Points title={put(labels.leftDone, { count: done.length })} points={done} />}
    </EditorPage>
  );
}

type PointsProps = { readonly title: string; readonly points: LeftView['left'] };

function Points({ title, points }: PointsProps) {
  const labels = useWords(releaseTexts);
  const whys = useWords(leftTexts);
  return (
    <Section title={title}>
      <Form name="tick">
        <Hidden name="about" value="schema" />
        <ol className="editor-rows">
          {points.map(({ number, where, what, why, doneName, doneAt }) => (
            <li key={number}>
              <div>
                <p>
                  <strong>{where}</strong>
                  <br />
                  <span className="muted">{whys[why]}:</span> {what}
                </p>
                <p>{labels[`instead_${why}`]}</p>
                {doneAt && (
                  <p className="muted">
                    {put(labels.doneBy, { name: doneName })} <Moment at={doneAt} />
                  </p>
                )}
              </div>
              <Button isSmall kind="tertiary" name="act" value={`${doneAt ? 'open' : 'done'}:${number}`} about={where}>
                {doneAt ? labels.untick : labels.tick}
              </Button>
            </li>
          ))}
        </ol>
      </Form>
    </Section>
  );
}
