/** What browsers answer about passkeys, and what people call them. Shared by the browser and the server. */
import { z } from 'zod'

/** Far more than any device needs. */
const base64url = z
  .string()
  .min(1)
  .max(20_000)
  .regex(/^[\w-]+=*$/)
const transport = z.string().max(30)

export const passkeyLabel = z
  .string()
  .trim()
  .min(1, 'Please give it a name.')
  .max(60, 'Please use at most 60 characters.')

const answer = { id: base64url, rawId: base64url, type: z.literal('public-key'), clientExtensionResults: z.unknown() }

export const newPasskeyAnswer = z.object({
  ...answer,
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: z.array(transport).max(10).optional(),
  }),
})

export const passkeyAnswer = z.object({
  ...answer,
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: base64url.optional(),
  }),
})
