import type { PersonalTable } from '../../bus/index.ts'

/** What communication keeps about people. */
export const communicationTables: readonly PersonalTable[] = [
  {
    table: 'recipients',
    model: 'recipient',
    person: 'user_id',
    sealed: ['name', 'email', 'phone', 'email_answer', 'phone_answer'],
    exported: [
      'name',
      'email',
      'phone',
      'locale',
      'time_zone',
      'channel',
      'quiet_from',
      'quiet_until',
      'email_suppressed_at',
      'email_answer',
      'phone_suppressed_at',
      'phone_answer',
    ],
    title: 'How you are written to',
    onErasure: 'rows-removed',
  },
  {
    table: 'consents',
    model: 'consent',
    person: 'user_id',
    sealed: [],
    exported: ['purpose', 'given_at', 'withdrawn_at'],
    title: 'What you agreed to',
    onErasure: 'rows-removed',
  },
  {
    table: 'last_told',
    model: 'lastTold',
    person: 'user_id',
    sealed: [],
    exported: ['kind', 'at'],
    title: 'When you were written to last',
    onErasure: 'rows-removed',
  },
  {
    table: 'mailbox_messages',
    model: 'mailboxMessage',
    person: 'person_id',
    sealed: ['recipient', 'subject', 'text', 'html'],
    exported: ['received_at', 'channel', 'recipient', 'subject', 'text'],
    title: 'Mail and texts in the built-in mailbox',
    onErasure: 'rows-removed',
  },
]
