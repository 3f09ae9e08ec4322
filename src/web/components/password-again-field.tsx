import type { ComponentProps } from 'react'
import { TextField } from './text-field.tsx'

/** Asks whoever is logged in for the password once more. */
export function PasswordAgainField(field: Omit<ComponentProps<typeof TextField>, 'label' | 'type' | 'autoComplete'>) {
  return <TextField {...field} label="Your password" type="password" autoComplete="current-password" />
}
