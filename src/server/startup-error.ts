/**
 * Something outside the program keeps it from starting: a setting, a file, a port, a database.
 *
 * Its message is meant for the person at the terminal and needs no stack trace: what is wrong, then the way out.
 */
export class StartupError extends Error {
  override readonly name = 'StartupError'

  constructor(problem: string, wayOut: string, options?: ErrorOptions) {
    super(`${problem}\n${wayOut}`, options)
  }
}
