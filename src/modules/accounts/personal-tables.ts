import type { PersonalTable } from '../../bus/index.ts'

/** What accounts keep about people. */
export const accountsTables: readonly PersonalTable[] = [
  {
    table: 'users',
    model: 'user',
    person: 'id',
    sealed: ['email', 'name', 'phone'],
    hashed: ['email_key'],
    exported: ['email', 'name', 'phone', 'role', 'created_at', 'email_confirmed_at'],
    title: 'Your account',
    onErasure: 'rows-removed',
  },
  {
    table: 'sessions',
    model: 'session',
    person: 'user_id',
    sealed: ['user_agent'],
    exported: ['created_at', 'last_used_at', 'expires_at', 'user_agent'],
    title: 'Where you are logged in',
    onErasure: 'rows-removed',
  },
  {
    table: 'email_confirmations',
    model: 'emailConfirmation',
    person: 'user_id',
    sealed: [],
    hashed: ['email_key'],
    exported: ['expires_at', 'confirmed_at'],
    title: 'Links that were sent to confirm your address',
    onErasure: 'rows-removed',
  },
  {
    table: 'passkeys',
    model: 'passkey',
    person: 'user_id',
    sealed: ['label'],
    exported: ['label', 'created_at', 'last_used_at'],
    title: 'Your passkeys',
    onErasure: 'rows-removed',
  },
  {
    table: 'passkey_challenges',
    model: 'passkeyChallenge',
    person: 'user_id',
    sealed: [],
    exported: [],
    title: 'What your devices are being asked to sign',
    onErasure: 'rows-removed',
  },
]
