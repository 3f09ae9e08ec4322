/** The oldest Node that runs TypeScript as it stands. */
const OLDEST = [22, 18]

/** Ends the process with a clear message where Node is too old. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return
  process.stderr.write(
    `Waybill needs Node ${OLDEST.join('.')} or later; this is ${process.versions.node}.\n` +
      'On Linux `npm ci` brings one along, unless optional packages are left out: run `npm ci` without --omit=optional, and start with `npm start`.\n' +
      'Elsewhere install Node 24 from https://nodejs.org.\n',
  )
  process.exit(1)
}
