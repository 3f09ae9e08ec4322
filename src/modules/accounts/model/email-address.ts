/**
 * An address in the characters that every mail server takes: letters of another width are made plain, blanks and the
 * dot that may end a domain left away, and a domain like bücher.example written in ASCII.
 */
export function mailableEmail(typed: string): string {
  const email = typed.normalize('NFKC').trim().replace(/\.$/, '')
  const at = email.lastIndexOf('@')
  const domain = email.slice(at + 1)
  return at < 0 || IS_ASCII.test(domain) ? email : `${email.slice(0, at)}@${inAscii(domain)}`
}

const IS_ASCII = /^[\x20-\x7e]*$/

function inAscii(domain: string): string {
  const url = `http://${domain}`
  return URL.canParse(url) ? new URL(url).hostname : domain
}

/**
 * What makes two addresses the same: the mailable form in lower case. The part before the @ is compared without case
 * too, as every large provider does.
 */
export function emailKeyOf(email: string): string {
  return mailableEmail(email).toLowerCase()
}
