/** What people type, in plain words when it does not fit. Shared by the browser and the server. */
import { z } from 'zod'
import { passwordField } from '../../../web/password-again.ts'
import { mailableEmail } from './email-address.ts'

const MIN_PASSWORD = 10

export const PASSWORD_HINT = `At least ${MIN_PASSWORD} characters. A few words make a good one.`

export const emailField = z
  .string()
  .transform(mailableEmail)
  .pipe(z.string().min(1, 'Please enter your e-mail address.').max(254, 'That address is too long.'))
  .pipe(z.email('That does not look like an e-mail address. It should read like anna@example.com.'))

/** In one line, and with something to see in it. Every script, mark and emoji is fine. */
export const nameField = z
  .string()
  .transform((typed) => typed.normalize('NFC').replace(/\s+/g, ' ').trim())
  .pipe(
    z
      .string()
      .min(1, 'Please enter your name.')
      .max(100, 'Please use at most 100 characters.')
      .regex(/^\P{Cc}*$/u, 'There is a control character in it. Please type the name anew.')
      .regex(/^$|[\p{L}\p{N}\p{S}\p{P}]/u, 'Please enter a name that can be seen.'),
  )

/** Length alone; whether it is a common one the server looks up. */
export const newPassword = z
  .string()
  .min(MIN_PASSWORD, `Please use at least ${MIN_PASSWORD} characters.`)
  .max(200, 'Please use at most 200 characters.')

/** E.164. Spaces, dashes, dots and brackets are fine to type. */
const typedPhone = z.string().transform((typed) => typed.replace(/[\s().\-/]/g, '').replace(/^00/, '+'))
const e164 = z.string().regex(/^\+[1-9]\d{6,14}$/, 'Please start with + and the country code, like +49 170 1234567.')
export const phoneField = typedPhone.pipe(e164)

export const signUpForm = z.object({
  name: nameField,
  email: emailField,
  password: newPassword,
  phone: typedPhone.pipe(z.literal('').or(e164)),
})

export const logInForm = z.object({ email: emailField, password: passwordField })
