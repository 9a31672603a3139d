/** From text to search terms: folding, cutting into words, a light stemmer. Pure; the same for texts and for questions. */

/** Longest text that is looked at, in characters; what follows is passed over. */
const longestText = 60_000;

/** Longest single word; nothing in German administration is longer, and longer ones only cost time. */
const longestWord = 60;

const vowels = 'aeiouy';

/**
 * Writes a text so that spellings of one word become equal: small letters, no accents, ß as ss, umlauts as their base letter
 * however they were typed (ä, a and ae). `ue` after a vowel or q is no umlaut: Steuer, bauen, Quelle.
 */
export function fold(text: string): string {
  const plain = text
    .slice(0, longestText)
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .replaceAll('ß', 'ss');
  return plain.replaceAll(/(?<before>[a-z]?)(?<pair>ae|oe|ue)/g, (whole, before: string, pair: string) =>
    vowels.includes(before || '-') || before === 'q' ? whole : `${before}${pair.charAt(0)}`,
  );
}

/** The words of a text, folded, in order. Digits count as words: “§ 5”, “16062005”. */
export function wordsOf(text: string): string[] {
  return (fold(text).match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => word.slice(0, longestWord));
}

const leastStem = 3;
/** Longest first. A lone s is an ending only after these letters: Ausweis and Haus keep theirs. */
const endings = [/ungen$/, /ung$/, /ern$/, /em$/, /er$/, /en$/, /es$/, /e$/, /(?<=[bdfghklmnrt])s$/];

/** The part of a folded word that its forms share: Hunde, Hundes, Hund → hund; anmelden, Anmeldung → anmeld. */
export function stem(word: string): string {
  const ending = endings.find((known) => known.test(word) && word.replace(known, '').length >= leastStem);
  return ending ? word.replace(ending, '') : word;
}

/** Words that say nothing about what somebody wants, folded. Ours, written for questions to an administration. */
export const emptyWords: ReadonlySet<string> = new Set(
  wordsOf(
    `der die das den dem des ein eine einen einem einer eines kein keine keinen und oder aber auch als am an auf aus bei beim bin bis bitte
     brauch brauche braucht brauchen bekomme bekommt bekommen beantrage beantragen beantragt antrag antraege stellen stelle da dann dass denn dir du durch er es etwas
     euch fuer geht gern gerne gibt hab habe haben hallo hat hier ich ihr ihre im in ins ist ja jetzt kann kannst koennen
     koennt kriege kriegt kriegen mach mache machen macht man mein meine meinen meinem meiner meines mich mir mit moechte moechten muss muessen
     nach nicht noch nun nur ob ohne schon sein seine sich sie sind so soll sollen sollte tun ueber um uns unser unsere unseren unter
     vom von vor wann war warum was wegen weil welche welcher welches wenn wer werden wie wieder will wir wird wo woher wohin wollen wuerde zu zum
     zur zustaendig zustaendige brauch ned net isch mei mein moecht wat dat de dr gell mal eigentlich irgendwie
     the a an of to for in my i want how where can do need and or with is are please get apply we our your you me it on at from what who when`,
  ),
);
