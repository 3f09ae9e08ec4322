'use client'
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/browser'

/** Why a device did not answer, in words for whoever holds it. */
class CeremonyFailed extends Error {
  override readonly name = 'CeremonyFailed'
}

/** Has a device make a new key pair. @throws CeremonyFailed */
export async function makeOnDevice(
  optionsJSON: PublicKeyCredentialCreationOptionsJSON,
): Promise<RegistrationResponseJSON> {
  const { startRegistration, browserSupportsWebAuthn } = await import('@simplewebauthn/browser')
  if (!browserSupportsWebAuthn()) throw new CeremonyFailed(UNSUPPORTED)
  return startRegistration({ optionsJSON }).catch(explain)
}

/** Has a device sign with a key pair that it has. @throws CeremonyFailed */
export async function signOnDevice(
  optionsJSON: PublicKeyCredentialRequestOptionsJSON,
): Promise<AuthenticationResponseJSON> {
  const { startAuthentication, browserSupportsWebAuthn } = await import('@simplewebauthn/browser')
  if (!browserSupportsWebAuthn()) throw new CeremonyFailed(UNSUPPORTED)
  return startAuthentication({ optionsJSON }).catch(explain)
}

/** Whether the browser can offer passkeys where one types. */
export async function offersPasskeys(): Promise<boolean> {
  const { browserSupportsWebAuthnAutofill } = await import('@simplewebauthn/browser')
  return browserSupportsWebAuthnAutofill()
}

/** Has the browser offer passkeys where one types. Null when none was chosen, and when another ceremony began. */
export async function signWhereTyped(
  optionsJSON: PublicKeyCredentialRequestOptionsJSON,
): Promise<AuthenticationResponseJSON | null> {
  const { startAuthentication } = await import('@simplewebauthn/browser')
  return startAuthentication({ optionsJSON, useBrowserAutofill: true }).catch(() => null)
}

const UNSUPPORTED = 'This browser cannot use passkeys here. Use a current one, at an address that begins with https.'
const WORDS: Record<string, string> = {
  InvalidStateError: 'This device has a passkey for your account already.',
  NotAllowedError: 'Nothing was chosen, or it took too long. Please try again.',
  NotSupportedError: 'This device has no passkeys. Use another one.',
  ConstraintError: 'This device cannot make sure that it is you: set a screen lock or a PIN, or use another one.',
  SecurityError: 'Passkeys work at the usual address of this site alone. Open it there, and try again.',
}

function explain(error: unknown): never {
  const name = error instanceof Error ? error.name : ''
  throw new CeremonyFailed(WORDS[name] ?? 'The device did not answer as it should. Please try again.', { cause: error })
}

/** What the server or the device said; a server that said nothing did not answer. */
export function ceremonyProblem(error: object & { message: string }): string {
  if (error instanceof CeremonyFailed || ('data' in error && error.data)) return error.message
  return 'The server did not answer. Please try again.'
}
