import { defineEvent } from '#platform/events';

/** A citizen has opened a letter; told in the state's tenant. */
export const letterRead = defineEvent<{ senderTenant: number; sent: number; at: string }>('mailbox.letterRead');

/** A citizen has answered a letter; told in the state's tenant. */
export const replyWritten = defineEvent<{ senderTenant: number; sent: number; reply: number }>('mailbox.replyWritten');

/** An answer has come in to the authority that wrote; told in its own tenant. For rooms above that wait for it. */
export const answerReceived = defineEvent<{ tenant: number; sent: number; reference: string; answer: number }>(
  'mailbox.answerReceived',
);

/** How a letter stands has changed; told in the tenant of the authority that wrote. */
export const letterMoved = defineEvent<{ tenant: number; sent: number; reference: string; state: string }>('mailbox.letterMoved');
