import type { IconName } from '#ui/icon';

/** What people call a sort of file, and its sign. */
export type FileKind = { readonly icon: IconName; readonly de: string; readonly en: string };

const kinds = {
  folder: { icon: 'folder', de: 'Ordner', en: 'Folder' },
  space: { icon: 'group', de: 'Bereich', en: 'Space' },
  pdf: { icon: 'filePdf', de: 'PDF', en: 'PDF' },
  text: { icon: 'fileText', de: 'Textdokument', en: 'Text document' },
  table: { icon: 'fileTable', de: 'Tabelle', en: 'Spreadsheet' },
  slides: { icon: 'fileSlides', de: 'Präsentation', en: 'Presentation' },
  picture: { icon: 'filePicture', de: 'Bild', en: 'Picture' },
  plan: { icon: 'filePlan', de: 'Plan', en: 'Drawing' },
  audio: { icon: 'fileAudio', de: 'Ton', en: 'Audio' },
  video: { icon: 'fileVideo', de: 'Film', en: 'Video' },
  mail: { icon: 'fileMail', de: 'E-Mail', en: 'E-mail' },
  archive: { icon: 'fileArchive', de: 'Archiv', en: 'Archive' },
  other: { icon: 'file', de: 'Datei', en: 'File' },
} as const satisfies Record<string, FileKind>;

export type KindName = keyof typeof kinds;

/** Extensions clerks meet; everything else is a file. */
const extensions: Readonly<Record<Exclude<KindName, 'folder' | 'space' | 'other'>, string>> = {
  pdf: 'pdf',
  text: 'doc docx docm dot dotx odt ott rtf txt md pages',
  table: 'xls xlsx xlsm xlsb ods ots csv numbers',
  slides: 'ppt pptx pps ppsx odp otp key',
  picture: 'jpg jpeg png gif webp avif bmp tif tiff svg heic heif',
  plan: 'dwg dxf dgn ifc shp gml odg vsd vsdx',
  audio: 'mp3 wav ogg oga m4a flac opus',
  video: 'mp4 mov avi mkv webm m4v wmv mpg mpeg',
  mail: 'eml msg mbox',
  archive: 'zip 7z rar tar gz tgz bz2 xz',
};

const kindOfExtension = new Map(
  Object.entries(extensions).flatMap(([kind, list]) =>
    list.split(' ').map((extension) => [extension, kind as KindName] as const),
  ),
);

/** The kind of a file by its name, as people see it in its extension. */
export function kindOf({ name, isFolder }: { readonly name: string; readonly isFolder: boolean }): KindName {
  if (isFolder) return 'folder';
  const dot = name.lastIndexOf('.');
  return (dot > 0 && kindOfExtension.get(name.slice(dot + 1).toLowerCase())) || 'other';
}

export const kindNamed = (name: KindName): FileKind => kinds[name];
