import type { PersonalTable } from '../../bus/index.ts'

/** The audit names people by their ids alone: its entries stay, and say nothing of somebody who was erased. */
export const auditTables: readonly PersonalTable[] = [
  {
    table: 'audit_entries',
    title: 'What you did, and what was done about you',
    model: null,
    person: { where: '(subject_id = $1 OR actor_id = $1)' },
    sealed: [],
    exported: ['at', 'action', 'message_id'],
    onErasure: 'kept',
  },
]
