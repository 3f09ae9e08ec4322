/** The browser door of communication. */
export { Mailbox } from './mailbox.tsx'
