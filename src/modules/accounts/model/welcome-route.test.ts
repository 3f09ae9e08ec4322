import { describe, expect, it } from 'vitest'
import { type RouteMessage, welcomeRoute } from './welcome-route.ts'

const at = '2026-01-01T00:00:00.000Z'
const message = (
  name: string,
  deliveries: [string, RouteMessage['deliveries'][number]['state']][] = [],
): RouteMessage => ({
  name,
  occurredAt: at,
  deliveries: deliveries.map(([subscription, state]) => ({
    subscription,
    state,
    settledAt: state === 'succeeded' ? at : null,
  })),
})
const statesOf = (messages: RouteMessage[]) => welcomeRoute(messages).map((stop) => `${stop.title}: ${stop.state}`)

describe('the route of a sign-up', () => {
  it('begins with the account', () => {
    expect(statesOf([message('accounts.create-user', [['accounts.create-user', 'running']])])[0]).toBe(
      'Creating your account: working',
    )
  })

  it('leaves the e-mail out for somebody who was invited', () => {
    const created = message('accounts.user-account-created', [['communication.decide-confirmation-email', 'succeeded']])
    expect(statesOf([created])[1]).toBe('No e-mail: left out')
  })

  it('shows what is done, under way, left out and waiting', () => {
    const messages = [
      message('accounts.user-account-created', [
        ['communication.decide-sms', 'skipped'],
        ['audit.record-account-created', 'succeeded'],
      ]),
      message('communication.send-confirmation-email', [['communication.send-confirmation-email', 'running']]),
    ]
    expect(statesOf(messages)).toEqual([
      'Account created: done',
      'E-mail on its way: working',
      'No text: left out',
      'Written in the log: done',
      'Then it is your turn: waiting',
    ])
  })

  it.each(['retrying', 'dead'] as const)('says so when the e-mail is %s', (state) => {
    const messages = [
      message('communication.send-confirmation-email', [['communication.send-confirmation-email', state]]),
    ]
    expect(statesOf(messages)[1]).toBe('E-mail on its way: trouble')
  })

  it('says so when the e-mail comes back', () => {
    const messages = [
      message('communication.send-confirmation-email', [['communication.send-confirmation-email', 'succeeded']]),
      message('communication.email-bounced'),
    ]
    expect(statesOf(messages)[1]).toBe('E-mail came back: trouble')
  })

  it.each([
    ['communication.message-withheld', []],
    ['communication.sms-rejected', [message('communication.send-sms', [['communication.send-sms', 'succeeded']])]],
  ])('leaves out a text after %s', (name, before) => {
    expect(statesOf([...before, message(name)])[2]).toBe('No text: left out')
  })

  it('ends with the confirmed address', () => {
    expect(statesOf([message('accounts.email-confirmed')])[4]).toBe('Address confirmed: done')
  })

  it.each([
    [['accounts.email-confirmed'], 'What is left, we do by ourselves'],
    [['accounts.email-confirmed', 'registration.registration-completed'], 'Everything is done.'],
    [['communication.confirmation-reminder-sent'], 'a second e-mail'],
    [['communication.confirmation-reminder-sent', 'registration.registration-expired'], 'do not work any more'],
  ])('says after %j: %s', (names, detail) => {
    expect(welcomeRoute(names.map((name) => message(name)))[4]!.detail).toContain(detail)
  })
})
