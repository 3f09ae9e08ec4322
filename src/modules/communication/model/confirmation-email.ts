export interface ConfirmationEmail {
  subject: string
  text: string
  html: string
}

const STRANGER = 'If you did not sign up, you need not do anything.'

/** The mail that asks to confirm an address, as text and as HTML. Hostile names come out as plain text. */
export function confirmationEmail(person: { name: string }, link: string): ConfirmationEmail {
  return letter({
    subject: 'Please confirm your e-mail address',
    greeting: greetingOf(person),
    request: 'your Waybill account is ready. Please confirm that this is your address',
    link,
    note: `The link works for 7 days. ${STRANGER}`,
  })
}

/** The mail to somebody who has not opened the first link. */
export function confirmationReminder(person: { name: string }, link: string, validUntil: Date): ConfirmationEmail {
  return letter({
    subject: 'Your e-mail address is not confirmed yet',
    greeting: greetingOf(person),
    request: 'your Waybill account waits for one last step. Please confirm that this is your address',
    link,
    note: `The link works until ${dateOf(validUntil)}. After that the sign-up ends by itself. ${STRANGER}`,
  })
}

interface Letter {
  subject: string
  greeting: string
  request: string
  link: string
  note: string
}

function letter({ subject, greeting, request, link, note }: Letter): ConfirmationEmail {
  const href = escapeHtml(link)
  return {
    subject,
    text: [greeting, `${request}:`, link, note].join('\n\n'),
    html: page(
      subject,
      `
      <p style="margin:0 0 16px">${escapeHtml(greeting)}</p>
      <p style="margin:0 0 24px">${escapeHtml(request)}.</p>
      <p style="margin:0 0 24px"><a href="${href}" style="${BUTTON}">Confirm my address</a></p>
      <p style="margin:0 0 8px;color:#5d5a52;font-size:14px">Or open this link:<br>
        <a href="${href}" style="color:#5b36c9;word-break:break-all">${href}</a></p>
      <p style="margin:16px 0 0;color:#5d5a52;font-size:14px">${escapeHtml(note)}</p>`,
    ),
  }
}

function greetingOf({ name }: { name: string }): string {
  return `Hello ${name.replace(/\s+/g, ' ')},`
}

function dateOf(time: Date): string {
  return time.toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).concat(' UTC')
}

const BUTTON =
  'display:inline-block;padding:12px 20px;background:#5b36c9;color:#ffffff;text-decoration:none;border-radius:6px;font-weight:600'

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title></head>
<body style="margin:0;padding:32px 16px;background:#f6f2ea;font:16px/1.5 system-ui,sans-serif;color:#1d1b16">
  <div style="max-width:520px;margin:0 auto;padding:32px;background:#ffffff;border:1px solid #ded7c8;border-radius:8px">
    <p style="margin:0 0 24px;font-weight:700;letter-spacing:.02em">Waybill</p>${content}
  </div>
</body></html>`
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}
