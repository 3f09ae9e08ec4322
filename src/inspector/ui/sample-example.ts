import type { SampleView } from '../model/view.ts'

export const EVENT = 'accounts.user-account-created'

/** What a sign-up looks like, for an instance that has seen none. */
export const EXAMPLE: SampleView = {
  at: 'example',
  messages: [
    {
      kind: 'command',
      name: 'accounts.create-user',
      deliveries: [{ subscription: 'accounts.create-user', state: 'succeeded', emitted: [EVENT] }],
    },
    {
      kind: 'event',
      name: EVENT,
      deliveries: [
        {
          subscription: 'communication.decide-confirmation-email',
          state: 'succeeded',
          emitted: ['communication.send-confirmation-email'],
        },
        { subscription: 'communication.decide-sms', state: 'skipped', emitted: [] },
        { subscription: 'audit.record-account-created', state: 'succeeded', emitted: [] },
        { subscription: 'insights.count-sign-up', state: 'succeeded', emitted: [] },
      ],
    },
    {
      kind: 'command',
      name: 'communication.send-confirmation-email',
      deliveries: [{ subscription: 'communication.send-confirmation-email', state: 'succeeded', emitted: [] }],
    },
  ],
}
