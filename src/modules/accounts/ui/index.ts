/** The browser door of accounts. */
export { AccountNav } from './account-nav.tsx'
export { ConfirmEmail } from './confirm-email.tsx'
export { LogInForm } from './log-in-form.tsx'
export { PasskeyLogIn } from './passkey-log-in.tsx'
export { Passkeys } from './passkeys.tsx'
export { PendingSignUp } from './pending-sign-up.tsx'
export { SignUpForm } from './sign-up-form.tsx'
export { WelcomeRoute } from './welcome.tsx'
