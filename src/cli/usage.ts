/** The words on the command line do not fit. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

export const HELP = `npm run waybill -- <verb>, beside the app, with its settings (DATABASE_URL and APP_SECRET, or DATA_DIR)

  stats                                       what is open, by state
  messages [--type T] [--state S] [--limit N] the newest messages and what became of them
  dead-letters list [--limit N]               what was given up, and why
  dead-letters retry <delivery id> …          tries them again
  dead-letters discard <delivery id> … --reason R
  send <type> <json>                          sends a command
  nodes                                       who is alive, who leads
  check-contracts                             reads all that waits with this build's schemas; 1 if something does not fit
  rotate-secret                               seals anew, with APP_SECRET, what APP_SECRET_PREVIOUS sealed
  verify-audit [--accept]                     whether the audit is what it was; 1 and what is wrong if not
                                              --accept seals the end that it has, where the sealed one is gone
  migrate                                     brings the database of DATABASE_URL up to date, as a user who may make tables
  passkey-demand off                          lets operators and viewers in by password again
  check-config                                whether the settings fit
  help                                        this

  --json                                      for programs
Exit code: 0 done, 1 not done or something found, 2 wrong usage.`
