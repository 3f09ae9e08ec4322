import type { createInspectorRouter } from '../inspector/router.ts'
import type { createAccountsRouter } from '../modules/accounts/router.ts'
import type { createHistoryRouter } from '../modules/audit/router.ts'
import type { createMailboxRouter, createPreferencesRouter } from '../modules/communication/router.ts'
import type { createPrivacyRouter } from '../modules/privacy/router.ts'
import { createCallerFactory, router } from '../web/trpc/init.ts'

interface Parts {
  accounts: ReturnType<typeof createAccountsRouter>
  mailbox: ReturnType<typeof createMailboxRouter>
  communication: ReturnType<typeof createPreferencesRouter>
  history: ReturnType<typeof createHistoryRouter>
  privacy: ReturnType<typeof createPrivacyRouter>
  inspector: ReturnType<typeof createInspectorRouter>
}

/** The whole API, one branch per module. */
export function createAppRouter(parts: Parts) {
  return router({ ...parts })
}

export type AppRouter = ReturnType<typeof createAppRouter>

export function createAppCaller(appRouter: AppRouter) {
  return createCallerFactory(appRouter)
}

export type AppCaller = ReturnType<ReturnType<typeof createAppCaller>>
