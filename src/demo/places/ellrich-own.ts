import { xlsx } from '../paper/office.ts';
import { text } from '../paper/text.ts';
import type { Paper } from '../place.ts';
import { plain, word } from './office.ts';

/** What people keep for themselves. */
export const ownPapers: readonly Paper[] = [
  {
    path: 'Notizen/Übergabe Urlaub.docx',
    by: 'anna',
    ago: [32, 30],
    make: word(
      'Übergabe',
      'Offen: Hecke Liguster, Baumhaus Buche, Sperrung Feldstraße.',
      'Bernd weiß Bescheid. Bernd weiß immer Bescheid.',
    ),
  },
  {
    path: 'Notizen/Montag.txt',
    by: 'anna',
    ago: 0,
    stars: ['anna'],
    make: plain(
      text(
        '– Regionalplan unterschreiben lassen (Frist!)',
        '– Gero wegen Otterdurchlass anrufen',
        '– Niederschrift: Enthaltung nachtragen',
        '– Kuchen',
      ),
    ),
  },
  {
    path: 'Notizen/Fragen an Dora.txt',
    by: 'anna',
    ago: 6,
    make: plain(
      text(
        'Kann ich den Bereich als Laufwerk einbinden?  -> Konto, App-Passwörter',
        'Wie lange bleibt etwas im Papierkorb?  -> 60 Tage',
      ),
    ),
  },
  {
    path: 'Fortbildung/Bescheide verständlich schreiben.docx',
    by: 'anna',
    ago: [260, 250],
    make: word(
      'Bescheide verständlich schreiben',
      'Ein Satz, ein Gedanke.',
      'Wer, was, bis wann.',
      'Laut vorlesen hilft. Im Großraumbüro bitte leise laut.',
    ),
  },
  {
    path: 'Arbeitszeit.xlsx',
    by: 'anna',
    ago: [200, 120, 3],
    make: ({ day }) =>
      xlsx({
        name: 'Arbeitszeit',
        day,
        rows: [
          ['Monat', 'Soll', 'Ist'],
          ['September', 176, 181],
          ['Oktober', 168, 170.5],
          ['November', 160, 96],
        ],
      }),
  },
  {
    path: 'Rezept Kirmeskuchen.txt',
    by: 'anna',
    ago: 77,
    make: plain(text('Für ein Blech: Hefeteig, Schmand, Zucker, Geduld.', 'Der Schmand muss fest sein. Die Geduld auch.')),
  },
  {
    path: 'Entwürfe/Nicht abschicken.docx',
    by: 'anna',
    ago: 29,
    trashed: 28,
    make: word('Nicht abschicken', 'Sehr geehrter Herr Liguster, eine Hecke ist kein Gebirge.'),
  },
  {
    path: 'Eigene Notizen/Vertretungsplan.txt',
    by: 'bernd',
    ago: 14,
    make: plain(text('Anna: Urlaub bis Mittwoch.', 'Distel: Markt.', 'Ich: überall.')),
  },
  {
    path: 'Eigene Notizen/Hahn Rechtslage.docx',
    by: 'bernd',
    ago: [15, 14, 12],
    stars: ['bernd'],
    make: word(
      'Der Hahn',
      '# Sachverhalt',
      'Er kräht.',
      '# Rechtslage',
      'Ortsüblich ist, was vor dem Wecker war.',
      '# Vorschlag',
      'Verdunkelung des Stalles bis 6 Uhr; Gespräch mit beiden Seiten, Hahn eingeschlossen.',
    ),
  },
  { path: 'Urlaub.txt', by: 'bernd', ago: 100, make: plain(text('Berge oder Meer? Keller (Altakten).')) },
  {
    path: 'Umstellung/Fahrplan.docx',
    by: 'dora',
    ago: [45, 38, 10],
    stars: ['dora'],
    make: word(
      'Umstellung auf Rennsteig',
      '# Woche 1',
      'Konten einlesen, Bereiche anlegen, Rollen vergeben.',
      '# Woche 2',
      'Laufwerk P: wird nur noch gelesen.',
      '# Woche 3',
      'Laufwerk P: wird vermisst, aber nicht lange.',
    ),
  },
  {
    path: 'Umstellung/Fragen und Antworten.txt',
    by: 'dora',
    ago: 9,
    make: plain(
      text(
        'F: Wo ist mein Laufwerk?',
        'A: Im Explorer, unter Netzwerkadresse. Anleitung: Konto, App-Passwörter.',
        '',
        'F: Kann ich etwas kaputt machen?',
        'A: Nein. Es gibt Versionen, einen Papierkorb und mich.',
      ),
    ),
  },
  {
    path: 'Angebot Vorentwurf.docx',
    by: 'gero',
    ago: 505,
    make: word('Angebot', 'Vorplanung der Ortsumgehung, zwei Varianten, ein Modell aus Lindenholz.'),
  },
];
