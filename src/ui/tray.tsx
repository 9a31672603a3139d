import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import { IconButton } from './button.tsx';
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
  readonly stop?: () => void;
  readonly retry?: () => void;
};

type TrayActions = {
  /** Shows a task or its newest state. */
  readonly put: (task: Task) => void;
  readonly remove: (id: string) => void;
};

const ActionsContext = createContext<TrayActions>({ put: () => {}, remove: () => {} });
const TasksContext = createContext<readonly Task[]>([]);

/** Keeps the tasks above all pages, so that they go on while people walk through them. */
export function TrayProvider({ children }: { readonly children: ReactNode }) {
  const [tasks, setTasks] = useState<readonly Task[]>([]);
  const put = useCallback((task: Task) => {
    setTasks((known) =>
      known.some(({ id }) => id === task.id) ? known.map((old) => (old.id === task.id ? task : old)) : [...known, task],
    );
  }, []);
  const remove = useCallback((id: string) => setTasks((known) => known.filter((task) => task.id !== id)), []);
  const actions = useMemo(() => ({ put, remove }), [put, remove]);
  return (
    <ActionsContext value={actions}>
      <TasksContext value={tasks}>{children}</TasksContext>
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
};

const words: Dictionary<TrayWords> = {
  de: {
    label: 'Laufende Aufgaben',
    running: (count) => (count === 1 ? '1 Aufgabe läuft' : `${count} Aufgaben laufen`),
    done: 'Alles erledigt',
    stop: 'Abbrechen',
    retry: 'Noch einmal versuchen',
    clear: 'Aus der Liste nehmen',
  },
  en: {
    label: 'Tasks in progress',
    running: (count) => (count === 1 ? '1 task in progress' : `${count} tasks in progress`),
    done: 'All done',
    stop: 'Cancel',
    retry: 'Try again',
    clear: 'Remove from the list',
  },
};

/** At the bottom right of every page, present only while there is something to show. */
export function Tray() {
  const tasks = useContext(TasksContext);
  const labels = useWords(words);
  const running = tasks.filter(({ state }) => state === 'running' || state === 'waiting').length;
  if (tasks.length === 0) return null;
  return (
    <aside className="tray" aria-label={labels.label}>
      <details open>
        <summary>
          <span role="status">{running > 0 ? labels.running(running) : labels.done}</span>
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
  const { remove } = useTray();
  const isOver = task.state === 'done' || task.state === 'failed';
  return (
    <li className={task.state}>
      <span className="task-name">{task.name}</span>
      <span className="task-words">{task.words}</span>
      {!isOver && <progress aria-label={task.name} max={1} value={task.share ?? undefined} />}
      {task.retry && <IconButton icon="undo" label={`${labels.retry}: ${task.name}`} type="button" onClick={task.retry} />}
      {!isOver && task.stop && (
        <IconButton icon="close" label={`${labels.stop}: ${task.name}`} type="button" onClick={task.stop} />
      )}
      {isOver && (
        <IconButton icon="close" label={`${labels.clear}: ${task.name}`} type="button" onClick={() => remove(task.id)} />
      )}
    </li>
  );
}
