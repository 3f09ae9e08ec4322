/** The browser door of communication. */
export { Gallery, galleryView } from './gallery.tsx'
export { LANGUAGES } from './languages.ts'
export { Mailbox } from './mailbox.tsx'
export { PreferencesForm } from './preferences-form.tsx'
export { WhereWeWrite } from './where-we-write.tsx'
