/** An e-mail address for a list: enough to know again, not enough to write to. */
export function maskedAddress(email: string): string {
  const at = email.lastIndexOf('@')
  return at < 1 ? '••••' : `${firstOf(email)}••••@${firstOf(email.slice(at + 1))}••••`
}

function firstOf(text: string): string {
  const code = text.codePointAt(0)
  return code === undefined ? '' : String.fromCodePoint(code)
}
