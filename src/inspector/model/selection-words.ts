import type { Selection } from '../operation-messages.ts'

/** What an operation is about, in words: what was chosen, or what was looked for. */
export function selectionWords(selection: Selection | { by: 'operation' }): string {
  switch (selection.by) {
    case 'ids':
      return selection.deliveryIds.length === 1
        ? 'one chosen delivery'
        : `${selection.deliveryIds.length} chosen deliveries`
    case 'group':
      return `group ${selection.fingerprint}`
    case 'groups':
      return `all dead deliveries of ${selection.title}`
    case 'filter': {
      const handler = selection.subscription ? ` of ${selection.subscription}` : ''
      const error = selection.text ? ` with “${selection.text}” in their error` : ''
      return `all dead deliveries${handler}${error}`
    }
    case 'operation':
      return 'what another operation had discarded'
  }
}
