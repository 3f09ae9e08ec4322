export interface ConfirmationEmail {
  subject: string
  text: string
  html: string
}

/** The mail that asks to confirm an address, as text and as HTML. Hostile names come out as plain text. */
export function confirmationEmail(person: { name: string }, link: string): ConfirmationEmail {
  const name = person.name.replace(/\s+/g, ' ')
  return {
    subject: 'Please confirm your e-mail address',
    text: [
      `Hello ${name},`,
      'your Waybill account is ready. Please confirm that this is your address:',
      link,
      'The link works for 7 days. If you did not sign up, you need not do anything.',
    ].join('\n\n'),
    html: page(`
      <p style="margin:0 0 16px">Hello ${escapeHtml(name)},</p>
      <p style="margin:0 0 24px">your Waybill account is ready. Please confirm that this is your address.</p>
      <p style="margin:0 0 24px"><a href="${escapeHtml(link)}" style="${BUTTON}">Confirm my address</a></p>
      <p style="margin:0 0 8px;color:#5d5a52;font-size:14px">Or open this link:<br>
        <a href="${escapeHtml(link)}" style="color:#5b36c9;word-break:break-all">${escapeHtml(link)}</a></p>
      <p style="margin:16px 0 0;color:#5d5a52;font-size:14px">The link works for 7 days. If you did not sign up, you need not do anything.</p>`),
  }
}

const BUTTON =
  'display:inline-block;padding:12px 20px;background:#5b36c9;color:#ffffff;text-decoration:none;border-radius:6px;font-weight:600'

function page(content: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Please confirm your e-mail address</title></head>
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
