import { beforeEach, describe, expect, it } from 'vitest'
import { type Story, tellStory } from '../../bus/testing/index.ts'
import { ConfirmationRenewed, EmailConfirmed, UserAccountCreated } from '../accounts/messages.ts'
import {
  ConfirmationEmailSent,
  EmailBounced,
  MessageWithheld,
  SmsRejected,
  SmsSent,
} from '../communication/messages.ts'
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

  it('does not wait for a text that the rules hold back, or that cannot reach the phone', async () => {
    const withheld = { userId, reason: 'no-address', because: 'the phone number cannot be dialled' } as const
    const rejected = { userId, kind: 'welcome', phone: '+491701234567', answer: '400 21211' } as const
    for (const tellEnd of [
      () => story.when(MessageWithheld, { ...withheld, kind: 'welcome' }),
      () => story.when(SmsRejected, rejected),
    ]) {
      story = tellStory(defineSignUp({ remindAfterMs: HOUR_MS, expireAfterMs: 2 * HOUR_MS }))
      await story.when(UserAccountCreated, { ...person, phone: '+491701234567' })
      await story.when(ConfirmationEmailSent, { userId })
      await story.when(EmailConfirmed, { userId })
      expect(await tellEnd()).toEqual([{ name: 'registration.registration-completed', body: { userId } }])
    }
  })

  it('goes on waiting for the welcome when something else was sent or held back', async () => {
    await story.when(UserAccountCreated, { ...person, phone: '+491701234567' })
    await story.when(SmsSent, { userId, kind: 'phone-code' })
    await story.when(MessageWithheld, { userId, kind: 'tips', reason: 'no-consent', because: 'has not agreed to tips' })
    await story.when(EmailBounced, { userId, letter: 'tips', email: 'anna@example.com', answer: '550 5.1.1' })
    expect(waitsFor()).toContain('the welcome text to be sent, by communication')
    expect(waitsFor()).toContain('the confirmation e-mail to be sent, by communication')
  })

  it('whose e-mail came back waits for the person, who can confirm by another one', async () => {
    await story.when(UserAccountCreated, person)
    await story.when(EmailBounced, { userId, letter: 'confirmation', email: 'anna@example.com', answer: '550 5.1.1' })
    expect(waitsFor()).toEqual(['the link in the e-mail to be opened, by the person'])
    expect(await story.when(EmailConfirmed, { userId })).toEqual([
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

  it('of somebody invited waits for no e-mail', async () => {
    await story.when(UserAccountCreated, { ...person, emailConfirmed: true })
    expect(waitsFor()).toEqual(['the link in the e-mail to be opened, by the person'])
    expect(await story.when(EmailConfirmed, { userId })).toEqual([
      { name: 'registration.registration-completed', body: { userId } },
    ])
  })

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
