/** Decides what is sent when: plain functions, so that the rules can be read and tested as a table. */

/** Why no text is sent to a new account, or null when one is. */
export function whyNoWelcomeSms({ phone }: { phone: string | null }): string | null {
  return phone === null ? 'no phone number given' : null
}

export function welcomeSms(name: string): string {
  return `Welcome to Waybill, ${name}. Your account is ready. Please confirm your address by the link in our e-mail.`
}
