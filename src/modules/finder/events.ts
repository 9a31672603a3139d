import { defineEvent } from '#platform/events';

/** Something of an editor's was published or withdrawn. Whoever hears of it reads what is in force now. */
export const entryPublished = defineEvent<{ tenant: number; entry: number }>('finder.entryPublished');
