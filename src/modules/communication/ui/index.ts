/** The browser door of communication. */
export { Gallery, galleryView } from './gallery.tsx'
export { Mailbox } from './mailbox.tsx'
export { PreferencesForm } from './preferences-form.tsx'
export { WhereWeWrite } from './where-we-write.tsx'
