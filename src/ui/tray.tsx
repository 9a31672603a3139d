import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { Button, Buttons, IconButton } from './button.tsx';
import { Icon } from './icon.tsx';
import { type Dictionary, useWords } from './view.tsx';

/** A piece of work that takes long: an upload, a copy of a large folder. */
export type Task = {
  readonly id: string;
  /** What it works on, as people call it: the file's name. */
  readonly name: string;
  readonly state: 'running' | 'done' | 'failed' | 'waiting';
  /** How far it is, from 0 to 1; null when nobody knows. */
  readonly share: number | null;
  /** One line: “12 MB von 40 MB, noch etwa 20 Sekunden”, or why it failed. */
  readonly words: string;
  readonly stop?: (() => void) | undefined;
  readonly retry?: (() => void) | undefined;
  readonly pause?: (() => void) | undefined;
  readonly resume?: (() => void) | undefined;
  /** What was done can be taken back. */
  readonly undo?: (() => void) | undefined;
  /** Takes it out of the list when it is over; without it the tray just forgets the task. */
  readonly clear?: (() => void) | undefined;
  /** It cannot go on before somebody decides; `words` is the question. */
  readonly choices?: readonly { readonly label: string; readonly choose: () => void }[] | undefined;
};

/** Tasks that one piece of work shows together. */
export type TaskGroup = { readonly title: string; readonly tasks: readonly Task[] };

type TrayActions = {
  /** Shows a task or its newest state. */
  readonly put: (task: Task) => void;
  readonly remove: (id: string) => void;
  /** Shows all tasks of one piece of work in place of those it showed before; an empty group vanishes. */
  readonly show: (name: string, group: TaskGroup) => void;
};

type TrayState = { readonly tasks: readonly Task[]; readonly groups: ReadonlyMap<string, TaskGroup> };

const nothing: TrayState = { tasks: [], groups: new Map() };
const ActionsContext = createContext<TrayActions>({ put: () => {}, remove: () => {}, show: () => {} });
const StateContext = createContext<TrayState>(nothing);

function putTask(tasks: readonly Task[], task: Task): readonly Task[] {
  const isKnown = tasks.some(({ id }) => id === task.id);
  return isKnown ? tasks.map((old) => (old.id === task.id ? task : old)) : [...tasks, task];
}

function showGroup(groups: ReadonlyMap<string, TaskGroup>, name: string, group: TaskGroup): ReadonlyMap<string, TaskGroup> {
  const next = new Map(groups);
  if (group.tasks.length === 0) next.delete(name);
  else next.set(name, group);
  return next;
}

/** Keeps the tasks above all pages, so that they go on while people walk through them. */
export function TrayProvider({ children }: { readonly children: ReactNode }) {
  const [state, setState] = useState(nothing);
  const actions = useMemo<TrayActions>(
    () => ({
      put: (task) => setState((old) => ({ ...old, tasks: putTask(old.tasks, task) })),
      remove: (id) => setState((old) => ({ ...old, tasks: old.tasks.filter((task) => task.id !== id) })),
      show: (name, group) => setState((old) => ({ ...old, groups: showGroup(old.groups, name, group) })),
    }),
    [],
  );
  return (
    <ActionsContext value={actions}>
      <StateContext value={state}>{children}</StateContext>
    </ActionsContext>
  );
}

/** The way for a page to show long work in the tray. */
export const useTray = (): TrayActions => useContext(ActionsContext);

type TrayWords = {
  label: string;
  running: (count: number) => string;
  done: string;
  stop: string;
  retry: string;
  clear: string;
  pause: string;
  resume: string;
  undo: string;
};

const words: Dictionary<TrayWords> = {
  de: {
    label: 'Laufende Aufgaben',
    running: (count) => (count === 1 ? '1 Aufgabe läuft' : `${count} Aufgaben laufen`),
    done: 'Alles erledigt',
    stop: 'Abbrechen',
    retry: 'Noch einmal versuchen',
    clear: 'Aus der Liste nehmen',
    pause: 'Anhalten',
    resume: 'Fortsetzen',
    undo: 'Rückgängig',
  },
  en: {
    label: 'Tasks in progress',
    running: (count) => (count === 1 ? '1 task in progress' : `${count} tasks in progress`),
    done: 'All done',
    stop: 'Cancel',
    retry: 'Try again',
    clear: 'Remove from the list',
    pause: 'Pause',
    resume: 'Continue',
    undo: 'Undo',
  },
};

/** At the bottom right of every page, present only while there is something to show. */
export function Tray() {
  const { tasks: single, groups } = useContext(StateContext);
  const labels = useWords(words);
  const tasks = [...[...groups.values()].flatMap((group) => group.tasks), ...single];
  const running = single.filter(({ state }) => state === 'running' || state === 'waiting').length;
  const titles = [...groups.values()].map(({ title }) => title);
  if (single.length > 0 || titles.length === 0) titles.push(running > 0 ? labels.running(running) : labels.done);
  if (tasks.length === 0) return null;
  return (
    <aside className="tray" aria-label={labels.label}>
      <details open>
        <summary>
          <span role="status">{titles.join(' · ')}</span>
          <Icon name="down" />
        </summary>
        <ul>
          {tasks.map((task) => (
            <TaskRow key={task.id} task={task} labels={labels} />
          ))}
        </ul>
      </details>
    </aside>
  );
}

function TaskRow({ task, labels }: { readonly task: Task; readonly labels: TrayWords }) {
  const isOver = task.state === 'done' || task.state === 'failed';
  return (
    <li className={task.state}>
      <span className="task-name" title={task.name}>
        {task.name}
      </span>
      <span className="task-words" role={task.choices ? 'alert' : undefined}>
        {task.words}
      </span>
      {!isOver && !task.choices && <progress aria-label={task.name} max={1} value={task.share ?? undefined} />}
      {task.choices && (
        <Buttons>
          {task.choices.map(({ label, choose }) => (
            <Button key={label} type="button" isSmall onClick={choose}>
              {label}
            </Button>
          ))}
        </Buttons>
      )}
      <TaskButtons task={task} labels={labels} isOver={isOver} />
    </li>
  );
}

type TaskButtonsProps = { readonly task: Task; readonly labels: TrayWords; readonly isOver: boolean };

function TaskButtons({ task, labels, isOver }: TaskButtonsProps) {
  const { remove } = useTray();
  const { name, retry, undo, pause, resume, stop, clear } = task;
  const about = (label: string) => ({ label: `${label}: ${name}`, type: 'button' as const });
  return (
    <span className="task-buttons">
      {retry && <IconButton icon="repeat" {...about(labels.retry)} onClick={retry} />}
      {undo && <IconButton icon="undo" {...about(labels.undo)} onClick={undo} />}
      {pause && <IconButton icon="pause" {...about(labels.pause)} onClick={pause} />}
      {resume && <IconButton icon="play" {...about(labels.resume)} onClick={resume} />}
      {!isOver && stop && <IconButton icon="close" {...about(labels.stop)} onClick={stop} />}
      {isOver && <IconButton icon="close" {...about(labels.clear)} onClick={clear ?? (() => remove(task.id))} />}
    </span>
  );
}
