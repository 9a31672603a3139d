import { defineEvent } from '#platform/events';

/** A file has new content, or is new. */
export const fileWritten = defineEvent<{ node: number; space: number; seq: number }>('files.fileWritten');

/** A node was moved or renamed, also to another space. */
export const nodeMoved = defineEvent<{ node: number; from: number; to: number }>('files.nodeMoved');

/** A node went to the trash. */
export const nodeTrashed = defineEvent<{ node: number; space: number }>('files.nodeTrashed');

/** A node and all below it were removed for good. */
export const nodePurged = defineEvent<{ node: number; space: number }>('files.nodePurged');

/** Signal: nodes (`ids`) of a space (`about`) are not what they were. */
export const spaceChanged = 'files.spaceChanged';

/** Signal: who may see a space (`about`) is not as it was; `ids`: the accounts concerned, if it is not everybody. */
export const membersChanged = 'files.membersChanged';
