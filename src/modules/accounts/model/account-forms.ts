/** What people type to change something about their account. Shared by the browser and the server. */
import { z } from 'zod'
import { passwordField } from '../../../web/password-again.ts'
import { ROLES } from './role.ts'
import { emailField, nameField, newPassword, phoneField } from './sign-up-form.ts'

export const nameForm = z.object({ name: nameField })
export const emailForm = z.object({ email: emailField, password: passwordField })
export const phoneForm = z.object({ phone: phoneField })
export const codeForm = z.object({
  code: z
    .string()
    .transform((typed) => typed.replace(/\s/g, ''))
    .pipe(z.string().regex(/^\d{6}$/, 'The code has six digits.')),
})
export const changePasswordForm = z.object({ currentPassword: passwordField, password: newPassword })
/** Asked for before somebody is logged out of another browser. */
export const endSessionsForm = z.object({ password: passwordField })
export const forgotForm = z.object({ email: emailField })
export const resetForm = z.object({ password: newPassword })
export const inviteForm = z.object({
  email: emailField,
  role: z.enum(ROLES),
  /** A language tag like `de`, for the letter. */
  language: z.string().max(50),
})
