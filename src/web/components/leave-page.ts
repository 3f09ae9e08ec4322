'use client'

/** In place of all that a page shows of its person, where the server cannot be asked for another one. */
const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Waybill</title>
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<body><main><h1>You are not logged out yet</h1>
<p>The server did not answer. What this page showed of you is gone from it, but this browser is still logged in.</p>
<p>Once you are connected, <a href="/account">come back</a> and log out again.</p></main></body></html>`

/** Takes everything of the person out of this tab: what the page shows, remembers, and holds in memory. */
export function leavePage(): void {
  try {
    sessionStorage.clear()
  } catch {
    // A browser that keeps nothing.
  }
  const page = PAGE.replace('href="/', `href="${window.location.origin}/`)
  window.location.replace(URL.createObjectURL(new Blob([page], { type: 'text/html' })))
}
