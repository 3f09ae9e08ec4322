import { expect, it } from 'vitest'
import { historyWords } from './history-words.ts'

const told = (action: string, entry: Partial<Parameters<typeof historyWords>[0]> = {}) =>
  historyWords({ action, details: {}, body: null, isOwn: true, ...entry })

it.each([
  ['accounts.name-changed', { body: { name: 'Anna Tal' } }, 'You changed your name to Anna Tal.'],
  ['accounts.name-changed', {}, 'You changed your name.'],
  ['accounts.password-changed', { details: { how: 'changed' } }, 'You changed your password.'],
  ['accounts.password-changed', { details: { how: 'reset' } }, 'You chose a new password by the link in our letter.'],
  [
    'accounts.password-changed',
    { details: { how: 'reset', passkeys: 'removed' } },
    'You chose a new password by the link in our letter, and removed your passkeys.',
  ],
  [
    'accounts.email-changed',
    { body: { email: 'b@example.com', previousEmail: 'a@example.com' } },
    'Your address was changed from a@example.com to b@example.com.',
  ],
  ['accounts.email-changed', {}, 'Your address was changed.'],
  ['accounts.phone-changed', { details: { isRemoved: true } }, 'You removed your phone number.'],
  [
    'accounts.phone-changed',
    { details: { isRemoved: false }, body: { phone: '+491701234567' } },
    'You confirmed your phone number, +491701234567.',
  ],
  [
    'accounts.logged-in',
    { details: { how: 'passkey' }, body: { device: 'Firefox on Linux' } },
    'You logged in with Firefox on Linux, by a passkey.',
  ],
  ['accounts.logged-in', { details: { how: 'password' } }, 'You logged in.'],
  ['accounts.logged-in', { body: { device: 'An unknown browser' } }, 'You logged in with an unknown browser.'],
  [
    'accounts.logged-out',
    { details: { why: 'log-out' }, body: { device: 'Firefox on Linux' } },
    'You logged out with Firefox on Linux.',
  ],
  [
    'accounts.logged-out',
    { details: { why: 'another-log-in' }, body: { device: 'An unknown browser' } },
    'You logged out with an unknown browser, by logging in there anew.',
  ],
  ['accounts.sessions-ended', { details: { count: 1 } }, 'One browser was logged out.'],
  ['accounts.sessions-ended', { details: { count: 3 } }, '3 browsers were logged out.'],
  [
    'accounts.sessions-ended',
    { details: { count: 1, byOperator: true }, isOwn: false },
    'An operator logged you out of one browser.',
  ],
  [
    'accounts.sessions-ended',
    { details: { count: 3, byOperator: true }, isOwn: false },
    'An operator logged you out of 3 browsers.',
  ],
  [
    'accounts.role-changed',
    { details: { role: 'viewer', previousRole: 'member' }, isOwn: false },
    'An operator changed your role from member to viewer.',
  ],
  [
    'accounts.address-revealed',
    { isOwn: false },
    'An operator looked at your address, for a reason that is written down.',
  ],
  [
    'communication.email-sent',
    { details: { letter: 'password-changed' } },
    'We wrote to you: that your password was changed.',
  ],
  ['communication.email-sent', { details: { letter: 'another' } }, 'We wrote to you: a letter.'],
  [
    'communication.message-withheld',
    { details: { reason: 'suppressed' } },
    'We held a message back: what we send to your address or number comes back.',
  ],
  ['communication.sms-sent', { body: { kind: 'phone-code' } }, 'We sent you a code by text message.'],
  ['shop.order-placed', {}, 'You did something that is written down as “order placed”.'],
])('%s reads well', (action, entry, words) => {
  expect(told(action, entry)).toBe(words)
})

it('tells no secret, whatever a message holds', () => {
  const body = { resetToken: 'R3', confirmationToken: 'C7', code: '123456', passwordHash: 'H' }
  for (const action of ['accounts.password-reset-requested', 'accounts.phone-change-requested', 'shop.anything'])
    for (const secret of Object.values(body)) expect(told(action, { body })).not.toContain(secret)
})
