/** The browser door of audit. */
export { History } from './history.tsx'
