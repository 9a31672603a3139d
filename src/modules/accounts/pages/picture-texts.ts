/** Words of the page on which somebody chooses a picture of themselves. */
const german = {
  title: 'Ihr Bild',
  lead: 'Alle in Ihrer Behörde sehen es neben Ihrem Namen, auch in den Nextcloud-Programmen. Es ist freiwillig: Ohne Bild stehen dort Ihre Anfangsbuchstaben.',
  now: 'So sehen andere Sie',
  choose: 'Bilddatei',
  hint: 'PNG, JPEG, WebP, GIF oder BMP, höchstens {bytes}. Gezeigt wird die Mitte als Quadrat. Aufnahmeort und andere Angaben aus der Datei werden nicht übernommen.',
  save: 'Bild hochladen',
  remove: 'Bild entfernen',
  saved: 'Ihr Bild ist gespeichert. Programme zeigen es spätestens beim nächsten Start.',
  removed: 'Ihr Bild ist gelöscht.',
};

export const pictureTexts = {
  de: german,
  en: {
    title: 'Your picture',
    lead: 'Everybody in your authority sees it beside your name, also in the programmes of Nextcloud. It is voluntary: without a picture your initials stand there.',
    now: 'This is how others see you',
    choose: 'Picture file',
    hint: 'PNG, JPEG, WebP, GIF or BMP, at most {bytes}. Its middle is shown, as a square. Where it was taken and whatever else the file says is not kept.',
    save: 'Upload picture',
    remove: 'Remove picture',
    saved: 'Your picture is saved. Programmes show it when they start the next time at the latest.',
    removed: 'Your picture is deleted.',
  } satisfies typeof german,
};
