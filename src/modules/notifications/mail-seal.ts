import type { Locale } from '#platform/words';

type Mail = { readonly subject: string; readonly body: string };

/** Mails to those who look after the seal of an authority. */
export const sealMails: Readonly<Record<Locale, Readonly<Record<'ends' | 'ended', Mail>>>> = {
  de: {
    ends: {
      subject: 'Das Zertifikat des Siegels endet am {on:day}: {name}',
      body: `Guten Tag,

das Zertifikat, mit dem {name} Dokumente siegelt, endet am {on:day}.

Bitte lassen Sie ein neues ausstellen. Der Betrieb hinterlegt es mit „seal bring“; bis dahin siegelt das alte weiter. Dokumente, die schon gesiegelt sind, bleiben prüfbar.

{link}
`,
    },
    ended: {
      subject: 'Das Zertifikat des Siegels ist abgelaufen: {name}',
      body: `Guten Tag,

das Zertifikat, mit dem {name} Dokumente gesiegelt hat, ist am {on:day} abgelaufen.

Es steht nichts still: Neue Dokumente tragen ein Siegel, das sich die Behörde selbst ausgestellt hat. Andere vertrauen ihm aber nicht von allein. Bitte lassen Sie ein neues Zertifikat ausstellen; der Betrieb hinterlegt es mit „seal bring“. Dokumente, die schon gesiegelt sind, bleiben prüfbar.

{link}
`,
    },
  },
  en: {
    ends: {
      subject: 'The certificate of the seal ends on {on:day}: {name}',
      body: `Hello,

the certificate with which {name} seals documents ends on {on:day}.

Please have a new one issued. The operators put it in place with “seal bring”; until then the old one goes on sealing. Documents that were sealed stay checkable.

{link}
`,
    },
    ended: {
      subject: 'The certificate of the seal has ended: {name}',
      body: `Hello,

the certificate with which {name} sealed documents ended on {on:day}.

Nothing stands still: new documents carry a seal the authority has issued to itself. But others do not trust it by themselves. Please have a new certificate issued; the operators put it in place with “seal bring”. Documents that were sealed stay checkable.

{link}
`,
    },
  },
};
