import { describe, expect, it } from 'vitest'
import { confirmationEmail, confirmationReminder } from './confirmation-email.ts'
import { whyNoWelcomeSms } from './rules.ts'

describe('the welcome text', () => {
  it.each([
    [null, 'no phone number given'],
    ['+491701234567', null],
  ])('to the phone %s is left out because: %s', (phone, reason) => {
    expect(whyNoWelcomeSms({ phone })).toBe(reason)
  })
})

describe('the reminder', () => {
  it('has its own link in both forms, and says until when it works', () => {
    const mail = confirmationReminder(
      { name: 'Anna' },
      'https://waybill.example/confirm?token=b',
      new Date('2026-01-08'),
    )
    expect(mail.html).toContain('href="https://waybill.example/confirm?token=b"')
    expect(mail.text).toContain('https://waybill.example/confirm?token=b')
    expect(mail.text).toContain('works until 8 January 2026')
    expect(mail.subject).toBe('Your e-mail address is not confirmed yet')
  })
})

describe('the confirmation e-mail', () => {
  const link = 'https://waybill.example/confirm?token=a&b'

  it('has the link in both forms', () => {
    const mail = confirmationEmail({ name: 'Anna' }, link)
    expect(mail.text).toContain(link)
    expect(mail.html).toContain('href="https://waybill.example/confirm?token=a&amp;b"')
  })

  it('shows a hostile name as plain text', () => {
    const mail = confirmationEmail({ name: '<img src=x onerror="alert(1)">\r\nBcc: all' }, link)
    expect(mail.html).not.toContain('<img')
    expect(mail.html).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt; Bcc: all')
  })
})
