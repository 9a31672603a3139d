/**
 * Our own icons: 20 × 20, lines of 1.5, round ends; drawn in the colour of the text. One that stands alone gets a `label`;
 * one beside its word gets none and is silent for screen readers.
 */
const shapes = {
  add: 'M10 4v12M4 10h12',
  archive: 'M3 5h14v3H3zM4.5 8v8h11V8M8 11h4',
  back: 'M12 5l-5 5 5 5',
  bell: 'M5 14V9a5 5 0 0 1 10 0v5l1.5 1.5h-13zM8.5 17.5h3',
  building: 'M4 17V5l7-2v14M11 8h5v9M2.5 17h15M6.5 7.5h2M6.5 10.5h2M6.5 13.5h2M13.5 11v.01M13.5 14v.01',
  chart: 'M3.500 3v13.500H17M7 13.500v-4M10.500 13.500v-8M14 13.500v-6',
  check: 'M4 10.5l4 4 8-9',
  close: 'M5 5l10 10M15 5L5 15',
  computer: 'M3 4h14v9H3zM7 17h6M10 13v4',
  copy: 'M7 7h9v9H7zM13 7V4H4v9h3',
  down: 'M5 8l5 5 5-5',
  download: 'M10 3v9M6 8.5l4 4 4-4M4 16.5h12',
  edit: 'M4 16l1-4 8.5-8.5 3 3L8 15zM11.5 5.5l3 3',
  file: 'M5 2.5h6.5L15.5 7v10.5H5zM11.5 2.5V7h4',
  fileArchive: 'M5 2.5h6.5L15.5 7v10.5H5zM11.5 2.5V7h4M9 4.5v.01M9 6.500v.01M9 8.500v.01M8 11h2v3.500H8z',
  fileAudio: 'M5 2.5h6.5L15.5 7v10.5H5zM11.5 2.5V7h4M8.500 15a1 1 0 1 1 0-2 1 1 0 0 1 0 2zM9.500 14V9.500l3-.8',
  fileMail: 'M5 2.5h6.5L15.5 7v10.5H5zM11.5 2.5V7h4M7.500 10.500h5.500v4H7.500zM7.500 10.500l2.700 2.200 2.800-2.200',
  filePdf:
    'M5 2.5h6.5L15.5 7v10.5H5zM11.5 2.5V7h4M7.500 15c1.500-1 3-4 2.700-5.500-.2-1-1.200-.6-.9.600.5 1.900 2 3.200 3.700 3.200-1.800-.2-3.800.5-5.500 1.700z',
  filePicture: 'M5 2.5h6.5L15.5 7v10.5H5zM11.5 2.5V7h4M7.500 15l2.200-2.800 1.600 1.600.9-1 1.300 2.200zM8.500 10v.01',
  filePlan: 'M5 2.5h6.5L15.5 7v10.5H5zM11.5 2.5V7h4M7.500 15v-5l5.500 5zM7.500 12.500l1.200 1.200',
  fileSlides: 'M5 2.5h6.5L15.5 7v10.5H5zM11.5 2.5V7h4M7.500 10h5.500v3.500H7.500zM10.200 13.500V15',
  fileTable: 'M5 2.5h6.5L15.5 7v10.5H5zM11.5 2.5V7h4M7.500 10h5.500v5H7.500zM7.500 12.500H13M10.200 10v5',
  fileText: 'M5 2.5h6.5L15.5 7v10.5H5zM11.5 2.5V7h4M7.500 10h5.500M7.500 12.500h5.500M7.500 15h3.500',
  fileVideo: 'M5 2.5h6.5L15.5 7v10.5H5zM11.5 2.5V7h4M8.500 10.500l4 2.300-4 2.300z',
  folder: 'M2.5 5h5l2 2h8v9h-15z',
  forward: 'M8 5l5 5-5 5',
  globe: 'M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15zM2.5 10h15M10 2.5c-5 5-5 10 0 15M10 2.5c5 5 5 10 0 15',
  group:
    'M7 9a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM1.5 16c0-3 2.2-5 5.5-5s5.500 2 5.500 5M13 3.300a3 3 0 0 1 0 5.400M15 11.500c2.200.6 3.500 2.200 3.500 4.500',
  help: 'M10 2.500a7.500 7.500 0 1 0 0 15 7.500 7.500 0 0 0 0-15zM7.800 7.800c0-3 4.600-2.800 4.600-.1 0 1.700-2.400 2-2.400 3.800M10 14v.01',
  history: 'M3 10a7 7 0 1 0 2-5M3 3v3.500h3.500M10 6v4l3 2',
  home: 'M3 9.500L10 3.500l7 6M5 8v8.500h10V8M8.500 16.500v-4h3v4',
  info: 'M10 2.500a7.500 7.500 0 1 0 0 15 7.500 7.500 0 0 0 0-15zM10 9v5M10 6v.01',
  keyboard: 'M2.500 5h15v10h-15zM5.500 8v.01M8.500 8v.01M11.500 8v.01M14.500 8v.01M5.500 12v.01M14.500 12v.01M8 12h4',
  key: 'M7 13.500a3.500 3.500 0 1 1 3-5.300h7.500v3h-2v2h-2.500v-2h-3A3.500 3.500 0 0 1 7 13.500zM6.500 10v.01',
  link: 'M8 12l4-4M9 5.500l1-1a3.500 3.500 0 0 1 5 5l-1.500 1.500M11 14.500l-1 1a3.500 3.500 0 0 1-5-5L6.500 9',
  list: 'M4 5v.01M4 10v.01M4 15v.01M7.500 5H17M7.500 10H17M7.500 15H17',
  lock: 'M5 9h10v8H5zM7 9V6a3 3 0 0 1 6 0v3M10 12v2',
  mail: 'M2.500 4.500h15v11h-15zM2.500 5.500l7.500 6 7.500-6',
  moon: 'M16.500 12A7 7 0 0 1 8 3.500a7 7 0 1 0 8.500 8.500z',
  more: 'M4.500 9.600a.400.400 0 1 0 .01 0zM10 9.600a.400.400 0 1 0 .01 0zM15.500 9.600a.400.400 0 1 0 .01 0z',
  move: 'M2.500 5h5l2 2h8v9h-15zM7 11.500h6M10.500 9l2.500 2.500-2.500 2.500',
  paste: 'M7 4H4.500v13h11V4H13M7 2.500h6v3H7zM7 11h6M10.500 8.500L13 11l-2.500 2.500',
  pause: 'M7 5v10M13 5v10',
  palette:
    'M10 2.500a7.500 7.500 0 1 0 0 15c1.500 0 1.700-1 1.200-2-.6-1.200 0-2.300 1.500-2.300h1.800c2 0 3-1.200 3-3 0-4.300-3.400-7.700-7.500-7.700zM6 9v.01M8.500 6v.01M12 6v.01M14.500 8.500v.01',
  person:
    'M10 9.500a3.250 3.250 0 1 0 0-6.500 3.250 3.250 0 0 0 0 6.500zM3.500 17c0-3.300 2.700-5.200 6.500-5.200s6.500 1.900 6.500 5.200',
  pin: 'M10 2.500a5 5 0 0 1 5 5c0 4-5 10-5 10s-5-6-5-10a5 5 0 0 1 5-5zM10 7.500v.01',
  play: 'M7 4.500l8 5.500-8 5.500z',
  repeat: 'M15.500 5v4h-4M15.200 9A6 6 0 1 0 16 11.500',
  search: 'M9 3.500a5.500 5.500 0 1 0 0 11 5.500 5.500 0 0 0 0-11zM13 13l4 4',
  settings: 'M3 6h7M14 6h3M3 14h3M10 14h7M12 4v4M8 12v4',
  share:
    'M15 7a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM5 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM15 17a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM6.800 9l6.400-3M6.800 11l6.400 3',
  shield: 'M10 2.500l6.500 2v5c0 4-2.700 6.800-6.500 8-3.800-1.200-6.500-4-6.500-8v-5zM7 10l2.200 2.200L13 8',
  signOut: 'M8 3.500H4v13h4M8 10h9M13.500 6.500L17 10l-3.500 3.500',
  star: 'M10 3l2.200 4.600 5 .7-3.600 3.500.9 5-4.500-2.400-4.500 2.400.9-5L2.800 8.300l5-.7z',
  starFull: 'M10 3l2.200 4.600 5 .7-3.600 3.500.9 5-4.500-2.400-4.500 2.400.9-5L2.800 8.300l5-.7z',
  stop: 'M10 2.500a7.500 7.500 0 1 0 0 15 7.500 7.500 0 0 0 0-15zM4.800 4.800l10.400 10.400',
  sun: 'M10 6.500a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7zM10 2v1.500M10 16.500V18M2 10h1.500M16.500 10H18M4.300 4.300l1.100 1.100M14.600 14.600l1.100 1.100M4.300 15.700l1.100-1.100M14.600 5.400l1.100-1.100',
  tag: 'M3 3h6.500l7.500 7.500-6.500 6.500L3 9.500zM6.500 6.500v.01',
  trash: 'M3.500 5.500h13M8 5.500v-2h4v2M5 5.500l.8 11.500h8.400L15 5.500M8.500 8.500v5.500M11.500 8.500v5.500',
  tree: 'M7 3h6v4H7zM2 13h6v4H2zM12 13h6v4h-6zM10 7v3M5 13v-3h10v3',
  undo: 'M4 8h8a4.500 4.500 0 0 1 0 9H7M7.500 4.500L4 8l3.500 3.500',
  up: 'M5 12l5-5 5 5',
  upload: 'M10 13V4M6 7.500l4-4 4 4M4 16.500h12',
  warning: 'M10 3L1.800 17h16.400zM10 8v4.500M10 14.800v.01',
} as const;

export type IconName = keyof typeof shapes;

type IconProps = {
  readonly name: IconName;
  /** What a screen reader says; leave out when the word stands beside the icon. */
  readonly label?: string;
  /** Classes beyond the usual one. */
  readonly look?: string;
};

const size = { viewBox: '0 0 20 20', width: 20, height: 20 } as const;

/** The one icon that is filled: a state, not a thing. */
const full = { fill: 'currentcolor' };

export function Icon({ name, label, look }: IconProps) {
  return <Drawing path={shapes[name]} label={label} look={look} isFull={name === 'starFull'} />;
}

type DrawingProps = {
  readonly path: string;
  readonly label?: string | undefined;
  readonly look?: string | undefined;
  readonly isFull?: boolean;
};

/** A path of 20 × 20 as an icon; silent without a label. */
export function Drawing({ path: d, label, look, isFull = false }: DrawingProps) {
  const className = look === undefined ? 'icon' : `icon ${look}`;
  const path = <path d={d} {...(isFull && full)} />;
  if (label === undefined)
    return (
      <svg {...size} className={className} aria-hidden="true">
        {path}
      </svg>
    );
  return (
    <svg {...size} className={className} role="img" aria-label={label}>
      {path}
    </svg>
  );
}
