import { beforeEach, describe, expect, it } from 'vitest'
import { type Story, tellStory } from '../../bus/testing/index.ts'
import { ConfirmationRenewed, EmailConfirmed, UserAccountCreated } from '../accounts/messages.ts'
import { ConfirmationEmailSent, SmsSent } from '../communication/messages.ts'
import { defineSignUp } from './sign-up.ts'

const HOUR_MS = 3_600_000
const userId = '01a21088-b0fa-7119-b15e-1191af15ea4d'
const person = { userId, name: 'Anna Berg', email: 'anna@example.com', phone: null, confirmationToken: 'first token' }
const renewed = {
  userId,
  name: 'Anna Berg',
  email: 'anna@example.com',
  confirmationToken: 'second token',
  validUntil: '2026-01-08T00:00:00.000Z',
}

describe('the registration of a person', () => {
  let story: Story
  const waitsFor = () => story.instance!.waitingFor.map(({ what, owes }) => `${what}, by ${owes.join()}`)

  beforeEach(() => {
    story = tellStory(defineSignUp({ remindAfterMs: 24 * HOUR_MS, expireAfterMs: 7 * 24 * HOUR_MS }))
  })

  it('without a phone number waits for the e-mail and for the person', async () => {
    expect(await story.when(UserAccountCreated, person)).toEqual([])
    expect(waitsFor()).toEqual([
      'the confirmation e-mail to be sent, by communication',
      'the link in the e-mail to be opened, by the person',
    ])
    expect(story.instance).toMatchObject({ status: 'running', context: {} })
  })

  it('with a phone number waits for the text too', async () => {
    await story.when(UserAccountCreated, { ...person, phone: '+491701234567' })
    await story.when(ConfirmationEmailSent, { userId })
    await story.when(EmailConfirmed, { userId })
    expect(waitsFor()).toEqual(['the welcome text to be sent, by communication'])
    expect(await story.when(SmsSent, { userId })).toEqual([
      { name: 'registration.registration-completed', body: { userId } },
    ])
  })

  it.each([[[ConfirmationEmailSent, EmailConfirmed]], [[EmailConfirmed, ConfirmationEmailSent]]])(
    'is complete when everything has come, in either order',
    async (messages) => {
      await story.when(UserAccountCreated, person)
      const sent = []
      for (const each of messages) sent.push(...(await story.when(each, { userId })))
      expect(sent).toEqual([{ name: 'registration.registration-completed', body: { userId } }])
      expect(story.instance).toMatchObject({ status: 'completed', state: 'completed', waitingFor: [] })
      expect(await story.passes(30 * 24 * HOUR_MS)).toEqual([])
    },
  )

  it('asks for a new link after a day, and reminds with it', async () => {
    await story.when(UserAccountCreated, person)
    expect(await story.passes(24 * HOUR_MS - 1)).toEqual([])
    expect(await story.passes(1)).toEqual([
      { name: 'accounts.renew-confirmation', body: { userId, validUntil: '2026-01-08T00:00:00.000Z' } },
    ])
    expect(waitsFor()).toContain('a new link, for the reminder, by accounts')
    expect(await story.when(ConfirmationRenewed, renewed)).toEqual([
      { name: 'communication.send-confirmation-reminder', body: renewed },
    ])
    expect(JSON.stringify(story.instance)).not.toContain('second token')
  })

  it('does not remind whoever has confirmed', async () => {
    await story.when(UserAccountCreated, { ...person, phone: '+491701234567' })
    await story.when(EmailConfirmed, { userId })
    expect(await story.passes(30 * 24 * HOUR_MS)).toEqual([])
    expect(story.instance).toMatchObject({ status: 'running' })
  })

  it('reminds once, and expires after a week', async () => {
    await story.when(UserAccountCreated, person)
    await story.when(ConfirmationEmailSent, { userId })
    await story.passes(24 * HOUR_MS)
    await story.when(ConfirmationRenewed, renewed)
    expect(await story.passes(6 * 24 * HOUR_MS - 1)).toEqual([])
    expect(await story.passes(1)).toEqual([{ name: 'registration.registration-expired', body: { userId } }])
    expect(story.instance).toMatchObject({ status: 'failed', state: 'expired' })
    expect(await story.when(EmailConfirmed, { userId })).toEqual([])
  })

  it('confirmed by the link of the reminder is complete', async () => {
    await story.when(UserAccountCreated, person)
    await story.when(ConfirmationEmailSent, { userId })
    await story.passes(24 * HOUR_MS)
    await story.when(ConfirmationRenewed, renewed)
    expect(await story.when(EmailConfirmed, { userId })).toEqual([
      { name: 'registration.registration-completed', body: { userId } },
    ])
  })
})
