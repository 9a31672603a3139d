import { formatBytes, formatCount, formatNumber } from '#ui/format';
import type { Task, TaskGroup } from '#ui/tray';
import type { Begun } from './upload-memory.ts';
import { uploadTexts } from './upload-texts.ts';
import {
  abandon,
  allUploads,
  answerTaken,
  cancel,
  clearOver,
  type Item,
  interrupted,
  isMistaken,
  pause,
  resume,
  type State,
} from './uploads.ts';

/** What the tray shows of the uploads: a question if there is one, all together, then those that matter now. */

type Locale = 'de' | 'en';

/** Of thousands of files only these are listed one by one. */
const listed = { now: 40, waiting: 10 };

/** How fast it went over the last seconds. */
const speedSeconds = 8;
const samples: { at: number; bytes: number }[] = [];

function speedOf(bytes: number, now = Date.now()): number {
  samples.push({ at: now, bytes });
  while (samples.length > 2 && now - (samples[0]?.at ?? now) > speedSeconds * 1_000) samples.shift();
  const [first] = samples;
  const seconds = first ? (now - first.at) / 1_000 : 0;
  return first && seconds >= 1 ? Math.max(0, (bytes - first.bytes) / seconds) : 0;
}

/** “noch etwa 3 Minuten”: no more exact than anybody can know. */
function leftFor(locale: Locale, seconds: number): string {
  const labels = uploadTexts[locale];
  const number = (value: number) => formatNumber(locale, Math.max(1, Math.round(value)));
  if (seconds < 90) return labels.left(labels.seconds(formatNumber(locale, Math.max(5, Math.round(seconds / 5) * 5))));
  return labels.left(seconds < 5_400 ? labels.minutes(number(seconds / 60)) : labels.hours(number(seconds / 3_600)));
}

const sum = (items: readonly Item[], of: (item: Item) => number) => items.reduce((total, item) => total + of(item), 0);
const inState = (items: readonly Item[], ...states: State[]) => items.filter(({ state }) => states.includes(state));

function wordsOf(locale: Locale, item: Item): string {
  const labels = uploadTexts[locale];
  const { state, sent, file, sentence, status } = item;
  if (state === 'failed') return status === 401 ? labels.signIn : (sentence ?? (status === 0 ? labels.offline : labels.unknown));
  if (state === 'done') return labels.done;
  if (state === 'skipped') return labels.skipped;
  const progress = labels.sent(formatBytes(locale, sent), formatBytes(locale, file.size));
  if (state === 'running') return progress;
  return sent > 0 ? `${progress} · ${labels.paused}` : state === 'paused' ? labels.paused : labels.waiting;
}

function taskOf(locale: Locale, item: Item): Task {
  const { id, state, file, path, sent } = item;
  const isMoving = state === 'running' || state === 'waiting';
  const shown: Task['state'] =
    state === 'failed'
      ? 'failed'
      : state === 'done' || state === 'skipped'
        ? 'done'
        : state === 'running'
          ? 'running'
          : 'waiting';
  return {
    id,
    name: path === '' ? file.name : `${path}/${file.name}`,
    state: shown,
    share: file.size === 0 ? 0 : sent / file.size,
    words: wordsOf(locale, item),
    pause: isMoving ? () => pause(id) : undefined,
    resume: state === 'paused' ? () => resume(id) : undefined,
    retry: state === 'failed' ? () => resume(id) : undefined,
    stop: () => cancel(id),
    clear: () => cancel(id),
  };
}

function questionOf(locale: Locale, asking: readonly Item[]): Task[] {
  const [first] = asking;
  if (!first) return [];
  const labels = uploadTexts[locale];
  const names = asking.slice(0, 3).map(({ file }) => file.name);
  const rest = asking.length - names.length;
  const list = rest > 0 ? labels.others(names.join(', '), formatNumber(locale, rest)) : names.join(', ');
  return [
    {
      id: 'upload-question',
      name:
        asking.length === 1 ? labels.takenOne(first.file.name) : labels.taken(formatCount(locale, asking.length, labels.files)),
      state: 'waiting',
      share: null,
      words: asking.length === 1 ? labels.what : labels.question(list),
      choices: [
        { label: labels.version, choose: () => answerTaken('version') },
        { label: labels.number, choose: () => answerTaken('number') },
        { label: labels.skip, choose: () => answerTaken('skip') },
      ],
    },
  ];
}

function togetherOf(locale: Locale, items: readonly Item[]): Task[] {
  const open = inState(items, 'running', 'waiting', 'paused', 'asking');
  const labels = uploadTexts[locale];
  const [sent, all] = [sum(items, (item) => item.sent), sum(items, ({ file }) => file.size)];
  const speed = speedOf(sent);
  if (items.length < 2 || open.length === 0) return [];
  const moving = inState(items, 'running', 'waiting');
  const paused = inState(items, 'paused');
  const facts = [
    labels.sent(formatBytes(locale, sent), formatBytes(locale, all)),
    speed > 0 && moving.length > 0 ? labels.speed(formatBytes(locale, speed)) : '',
    speed > 0 && moving.length > 0 ? leftFor(locale, (all - sent) / speed) : '',
  ];
  return [
    {
      id: 'upload-together',
      name: labels.all,
      state: 'running',
      share: all === 0 ? 0 : sent / all,
      words: facts.filter(Boolean).join(' · '),
      pause: moving.length > 0 ? () => moving.forEach(({ id }) => void pause(id)) : undefined,
      resume: moving.length === 0 && paused.length > 0 ? () => paused.forEach(({ id }) => void resume(id)) : undefined,
      stop: () => open.forEach(({ id }) => void cancel(id)),
    },
  ];
}

/** Uploads of an earlier visit: the browser does not give the file back by itself. */
function interruptedTasks(locale: Locale, chooseAgain: (begun: Begun) => void): Task[] {
  const labels = uploadTexts[locale];
  return interrupted().map((begun) => ({
    id: begun.url,
    name: begun.name,
    state: 'waiting',
    share: null,
    words: isMistaken(begun) ? labels.mistaken(formatBytes(locale, begun.size)) : labels.interrupted(begun.folderName),
    choices: [{ label: labels.again, choose: () => chooseAgain(begun) }],
    stop: () => void abandon(begun.url),
  }));
}

function titleOf(locale: Locale, items: readonly Item[]): string {
  const labels = uploadTexts[locale];
  const files = (count: number) => formatCount(locale, count, labels.files);
  const done = inState(items, 'done', 'skipped').length;
  const failed = inState(items, 'failed').length;
  if (inState(items, 'running', 'waiting', 'asking').length > 0)
    return labels.running(formatNumber(locale, done), files(items.length));
  if (inState(items, 'paused').length > 0 || items.length === 0) return labels.stopped;
  return [labels.over(files(done)), failed > 0 ? labels.failed(files(failed)) : ''].filter(Boolean).join(', ');
}

/** All of it, for the tray. */
export function uploadGroup(locale: Locale, chooseAgain: (begun: Begun) => void): TaskGroup {
  const items = allUploads();
  const now = inState(items, 'failed', 'running', 'paused').slice(0, listed.now);
  const waiting = inState(items, 'waiting').slice(0, listed.waiting);
  const isOver = items.length > 0 && inState(items, 'done', 'skipped').length === items.length;
  const shown = isOver ? overTask(locale, items) : [...now, ...waiting].map((item) => taskOf(locale, item));
  const tasks = [
    ...questionOf(locale, inState(items, 'asking')),
    ...togetherOf(locale, items),
    ...shown,
    ...interruptedTasks(locale, chooseAgain),
  ];
  return { title: titleOf(locale, items), tasks };
}

/** When nothing is left to do: one line, however many there were. */
function overTask(locale: Locale, items: readonly Item[]): Task[] {
  const labels = uploadTexts[locale];
  const [first] = items;
  const name = items.length === 1 && first ? first.file.name : formatCount(locale, items.length, labels.files);
  const words = first && items.every(({ state }) => state === 'skipped') ? labels.skipped : labels.done;
  return [{ id: 'upload-over', name, state: 'done', share: 1, words, clear: clearOver }];
}
