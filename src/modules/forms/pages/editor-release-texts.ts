import type { Dictionary } from '#ui/view';

/** Words about what waits: proposals for the second person, refusals for the author, points of a schema. */
export const releaseTexts = {
  de: {
    ...{ waits: 'Wartet auf Sie', waitsFrom: 'Vorgeschlagen von {name}', lookAt: 'Ansehen und entscheiden' },
    ...{ refuse: 'Zurückgeben', reason: 'Was soll geändert werden?', refused: 'Das Formular ist zurückgegeben.' },
    refuseLead: 'Wer das Formular vorgeschlagen hat, bekommt Ihren Grund zu lesen.',
    ...{ refusedBy: '{name} hat das Formular zurückgegeben', left: 'Aus dem Schema', leftCount: 'Aus dem Schema ({count})' },
    leftLead:
      'Das steht im Schema von FIM und ließ sich im Formular nicht ausdrücken. Sehen Sie jeden Punkt an, und haken Sie ihn ab.',
    leftNone: 'Dieses Formular wurde nicht aus einem Schema begonnen, oder es ließ sich alles übernehmen.',
    ...{ leftAllDone: 'Alle Punkte sind abgehakt.', leftOpen: 'Noch anzusehen ({count})', leftDone: 'Abgehakt ({count})' },
    leftWaits: 'Aus dem Schema noch anzusehen: {count}.',
    ...{
      tick: 'Abhaken',
      untick: 'Wieder öffnen',
      ticked: 'Abgehakt.',
      unticked: 'Wieder offen.',
      doneBy: 'Abgehakt von {name},',
    },
    instead_rule:
      'Stattdessen: Lässt sich die Regel als Bedingung sagen, setzen Sie sie bei der Frage oder Seite. Sonst erklären Sie sie im Hilfetext; prüfen muss sie dann die Sachbearbeitung.',
    instead_pattern:
      'Stattdessen: Wählen Sie bei der Frage die Form der Antwort oder eine Länge, und nennen Sie im Hilfetext ein Beispiel.',
    instead_codeList: 'Stattdessen: Machen Sie aus der Frage eine Auswahl, und tragen Sie die Werte der Liste selbst ein.',
    instead_repeat: 'Stattdessen: Legen Sie die Frage auf eine eigene Seite, die mehrmals ausgefüllt wird.',
    instead_order: 'Stattdessen: Setzen Sie die Frage, nach der gefragt wird, auf eine frühere Seite. Danach geht die Bedingung.',
  },
  en: {
    ...{ waits: 'Waits for you', waitsFrom: 'Proposed by {name}', lookAt: 'Look and decide' },
    ...{ refuse: 'Give back', reason: 'What should be changed?', refused: 'The form was given back.' },
    refuseLead: 'Whoever has proposed the form reads your reason.',
    ...{ refusedBy: '{name} has given the form back', left: 'From the schema', leftCount: 'From the schema ({count})' },
    leftLead: 'This stands in the FIM schema and could not be said in the form. Look at each point, and tick it off.',
    leftNone: 'This form was not begun from a schema, or all of it could be taken over.',
    ...{
      leftAllDone: 'All points are ticked off.',
      leftOpen: 'Still to be looked at ({count})',
      leftDone: 'Ticked off ({count})',
    },
    leftWaits: 'Still to be looked at from the schema: {count}.',
    ...{
      tick: 'Tick off',
      untick: 'Open again',
      ticked: 'Ticked off.',
      unticked: 'Open again.',
      doneBy: 'Ticked off by {name},',
    },
    instead_rule:
      'Instead: if the rule can be said as a condition, set it at the question or page. Otherwise explain it in the help text; the office then has to check it.',
    instead_pattern: 'Instead: choose the form of the answer or a length at the question, and give an example in the help text.',
    instead_codeList: 'Instead: make the question a choice, and enter the values of the list yourself.',
    instead_repeat: 'Instead: put the question on a page of its own that is filled in several times.',
    instead_order: 'Instead: put the question that is asked about on an earlier page. Then the condition works.',
  },
} satisfies Dictionary<Readonly<Record<string, string>>>;
