import { Fragment } from 'react';
import { useLoaderData } from 'react-router';
import { Page } from '#ui/page';
import { useView, useWords } from '#ui/view';
import { load, type PageHouse } from '#web/context';
import type { Block, LegalKind } from '../rules-legal.ts';
import { legalPaths, legalTexts } from './legal-texts.ts';

/** Which of the pages an address is. */
function kindOf(house: PageHouse, pathname: string): LegalKind {
  const kind = house.rooms.tenants.legalKinds.find((each) => legalPaths[each] === pathname);
  if (!kind) throw house.missing();
  return kind;
}

/** Imprint, privacy and accessibility: for everybody, of the authority whose pages these are. */
export const loader = load(async (house, { url }) => {
  const { platform, actor, locale } = house.ctx;
  const kind = kindOf(house, url.pathname);
  return { kind, ...(await house.rooms.tenants.readLegal(platform, actor.tenant, { kind, locale })) };
});

export default function Legal() {
  const { kind, blocks, language } = useLoaderData<typeof loader>();
  const { locale } = useView();
  const { pages } = useWords(legalTexts);
  return (
    <Page title={pages[kind]}>
      <div className="flow legal" lang={language === locale ? undefined : language}>
        {numbered(blocks).map(([key, block]) => (
          <TextBlock key={key} block={block} />
        ))}
      </div>
    </Page>
  );
}

/** A text never changes while it is shown: the place of a block is its key. */
const numbered = <Item,>(items: readonly Item[]) => items.map((item, index) => [`${index}`, item] as const);

type Line = Block['lines'][number];

function TextBlock({ block: { kind, lines } }: { readonly block: Block }) {
  const texts = numbered(lines).map(([key, line]) => [key, <TextLine key={key} line={line} />] as const);
  if (kind === 'heading') return <h2>{texts.map(([, text]) => text)}</h2>;
  if (kind === 'list') {
    return (
      <ul>
        {texts.map(([key, text]) => (
          <li key={key}>{text}</li>
        ))}
      </ul>
    );
  }
  return (
    <p>
      {texts.map(([key, text]) => (
        <Fragment key={key}>
          {key !== '0' && <br />}
          {text}
        </Fragment>
      ))}
    </p>
  );
}

function TextLine({ line }: { readonly line: Line }) {
  return line.map(({ text, href }) =>
    href === undefined ? (
      text
    ) : (
      <a key={text} href={href} rel="noreferrer">
        {text}
      </a>
    ),
  );
}
