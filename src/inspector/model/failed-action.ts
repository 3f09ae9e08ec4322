/** An error as a page has it; without `data` no server has answered. */
export interface ActionError {
  message: string
  data?: { code: string } | null | undefined
}

/** What is known of an action that ended in an error: what may have been done is not said to be undone. */
export function failedAction({ message, data }: ActionError): { title: string; description: string } {
  if (!data) {
    const description = 'The server did not answer. It may have been done all the same: look before you repeat it.'
    return { title: 'No answer', description }
  }
  if (data.code === 'TIMEOUT') return { title: 'Not done yet', description: message }
  const isFault = data.code === 'INTERNAL_SERVER_ERROR'
  return { title: 'That did not work', description: isFault ? message : `${message} Nothing was changed.` }
}
