import { useLoaderData } from 'react-router';
import { Page } from '#ui/page';
import { useView, useWords } from '#ui/view';
import { load } from '#web/context';
import { portalTexts } from './portal-texts.ts';
import { leadOf, ServiceText, titleOf } from './service-text.tsx';
import './finder.css';

export const loader = load(async (house, { request, params }) => {
  const { searchParams } = new URL(request.url);
  const place = searchParams.get('ort')?.slice(0, 100) ?? '';
  const service = await house.rooms.finder.visitService(house.ctx, params.key ?? '', place);
  const { content, authority } = service;
  // Whether it can be done online is for each authority to say: nobody is led to a form that nobody takes.
  const asked = authority && { service: service.key, form: content.form, authority: authority.key };
  const forms = asked ? await house.rooms.forms.takenForms(house.ctx, asked) : [];
  return { service, forms, isPlain: searchParams.has('einfach') };
});

/** One service: who, what one needs, what it costs, and the one thing to do next. */
export default function ServicePage() {
  const { service, forms, isPlain } = useLoaderData<typeof loader>();
  const labels = useWords(portalTexts);
  const { locale } = useView();
  return (
    <Page title={titleOf(service, locale)} lead={leadOf(service, locale)} above={[{ to: '/', label: labels.home }]}>
      <ServiceText service={service} forms={forms} isPlain={isPlain} path={`/leistung/${service.key}`} />
    </Page>
  );
}
