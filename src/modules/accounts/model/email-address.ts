/**
 * What makes two addresses the same: composed, trimmed, lower case, the domain in ASCII.
 *
 * The part before the @ is compared without case too, as every large provider does.
 */
export function emailKeyOf(email: string): string {
  const typed = email.normalize('NFC').trim().toLowerCase()
  const at = typed.lastIndexOf('@')
  return `${typed.slice(0, at)}@${asciiDomain(typed.slice(at + 1))}`
}

function asciiDomain(domain: string): string {
  const url = `http://${domain}`
  return URL.canParse(url) ? new URL(url).hostname : domain
}
