import { useRef, useState } from 'react';
import { useLocation, useNavigation } from 'react-router';
import { Button, IconButton } from './button.tsx';
import { Form, Hidden } from './form.tsx';
import { Icon } from './icon.tsx';
import { usePageKeys } from './keys.tsx';
import { type Dictionary, useWords } from './view.tsx';

export type Notice = {
  readonly text: string;
  readonly undo?: { readonly action: string; readonly fields: Readonly<Record<string, string>> };
};

const words: Dictionary<{ undo: string; close: string }> = {
  de: { undo: 'Rückgängig', close: 'Meldung schließen' },
  en: { undo: 'Undo', close: 'Close message' },
};

/**
 * What was just done, with the way back. It stays until the next page: messages that vanish by themselves are missed by those
 * who read slowly or magnified. The way back is one key, too: its button stands far from where somebody deletes by keys.
 */
export function Toast({ notice }: { readonly notice: Notice | null }) {
  const { key } = useLocation();
  const [closed, setClosed] = useState<string | null>(null);
  const labels = useWords(words);
  const isOpen = notice !== null && closed !== key;
  const place = useRef<HTMLDivElement>(null);
  const isIdle = useNavigation().state === 'idle';
  usePageKeys((pressed) => {
    const way = pressed === 'ctrl+z' && isIdle ? place.current?.querySelector('form') : null;
    way?.requestSubmit();
    return Boolean(way);
  });
  return (
    <div ref={place} className="toast-place" role="status">
      {isOpen && (
        <div className="toast">
          <Icon name="check" />
          <p>{notice.text}</p>
          {notice.undo && (
            <Form name={notice.undo.fields._form ?? 'undo'} action={notice.undo.action} isInline>
              {Object.entries(notice.undo.fields).map(
                ([name, value]) => name !== '_form' && <Hidden key={name} name={name} value={value} />,
              )}
              <Button kind="tertiary" isSmall>
                {labels.undo}
              </Button>
            </Form>
          )}
          <IconButton icon="close" label={labels.close} type="button" onClick={() => setClosed(key)} />
        </div>
      )}
    </div>
  );
}
