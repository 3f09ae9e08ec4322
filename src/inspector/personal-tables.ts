import type { PersonalTable } from '../bus/index.ts'

/** What the inspector keeps about those who use it. */
export const inspectorTables: readonly PersonalTable[] = [
  {
    table: 'saved_views',
    title: 'Filters you gave a name',
    model: null,
    person: 'owner_id',
    sealed: [],
    exported: ['name', 'filter', 'is_shared', 'saved_at'],
    onErasure: 'rows-removed',
  },
]
