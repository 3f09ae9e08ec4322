/** What the keys of the inspector mean, on every screen: the one place where that stands. `?` shows it. */

export interface KeyMeaning {
  /** As `KeyboardEvent.key` has them; `Space`, and `Mod+` for ⌘ or Ctrl. */
  keys: readonly string[]
  says: string
}

interface ScreenKeys {
  title: string
  meanings: Readonly<Record<string, KeyMeaning>>
}

const key = (keys: string | readonly string[], says: string): KeyMeaning => ({ keys: [keys].flat(), says })

/** The keys of the screen one is on come before those of every screen. */
export const KEY_MAP = {
  messages: {
    title: 'Live list',
    meanings: {
      filter: key('/', 'Filter the messages'),
      views: key('v', 'Saved views; then a digit opens one'),
      next: key(['j', 'ArrowDown'], 'Next message'),
      before: key(['k', 'ArrowUp'], 'Message before'),
      nextFailure: key('e', 'Next failure'),
      failureBefore: key('E', 'Failure before'),
      nextDelivery: key('ArrowRight', 'To its deliveries, one after the other'),
      deliveryBefore: key('ArrowLeft', 'Delivery before, and back to the message'),
      open: key('Enter', 'Open it'),
      panel: key('o', 'Show it at the side, or not'),
      tab: key(['1', '2', '3'], 'Fan-out, payload, attempts of what is at the side'),
      mark: key('x', 'Mark it, or not'),
      conversation: key('f', 'Follow its conversation'),
      follow: key('F', 'Follow its key, or its person, on every page'),
      copyId: key('c', 'Copy its id, or those of all marked'),
      copyLink: key('C', 'Copy a link to it'),
      retry: key('r', 'Retry what died of it, or of all marked'),
      pause: key('Space', 'Pause, and go on from here'),
      newest: key(['End', 'g'], 'To the newest'),
    },
  },
  message: {
    title: 'Message',
    meanings: {
      next: key('j', 'Next delivery'),
      before: key('k', 'Delivery before'),
      nextFailure: key('e', 'Next failure'),
      failureBefore: key('E', 'Failure before'),
      tab: key(['1', '2', '3', '4', '5'], 'Payload, headers, metadata, raw, diff'),
      root: key('t', 'To what began the conversation'),
      parent: key('p', 'To what caused it'),
      nextMessage: key(']', 'Next message of the conversation'),
      messageBefore: key('[', 'Message of the conversation before'),
      conversation: key('f', 'Its conversation'),
      follow: key('F', 'Follow its key, or its person, on every page'),
      copyId: key('c', 'Copy its id'),
      retry: key('r', 'Retry the delivery one is at'),
    },
  },
  conversation: {
    title: 'Conversation',
    meanings: {
      view: key(['1', '2', '3', '4'], 'Tree, sequence, graph, table'),
      next: key('j', 'Next row'),
      before: key('k', 'Row before'),
      nextFailure: key('e', 'Next failure'),
      failureBefore: key('E', 'Failure before'),
      root: key('t', 'To what began it'),
      parent: key('p', 'To what caused it'),
      nextMessage: key(']', 'Next message'),
      messageBefore: key('[', 'Message before'),
      zoomIn: key('+', 'Zoom in'),
      zoomOut: key('-', 'Zoom out'),
      zoomAll: key('0', 'All of it'),
      play: key('Space', 'Play, or pause'),
      step: key('.', 'One change on'),
      stepBack: key(',', 'One change back'),
      follow: key('F', 'Follow the key, or the person, of the row on every page'),
      copyId: key('c', 'Copy the id of the row, or of the conversation'),
    },
  },
  process: {
    title: 'Process',
    meanings: {
      pickA: key('a', 'Compare from the step one is at'),
      pickB: key('b', 'Compare to the step one is at'),
    },
  },
  everywhere: {
    title: 'Everywhere',
    meanings: {
      palette: key('Mod+k', 'Go to any id, page or action'),
      look: key('/', 'Look for anything'),
      nextRow: key('j', 'Next row'),
      rowBefore: key('k', 'Row before'),
      openRow: key('o', 'Open the row one is at'),
      markRow: key('x', 'Mark the row, or not, where rows can be marked'),
      retryRow: key('r', 'Retry the row, where something of it died'),
      copyLink: key('C', 'Copy a link to what is seen'),
      undo: key('Mod+z', 'Undo the discard or cancelling of a moment ago'),
      unfollow: key('Escape', 'Follow the key no more'),
      help: key('?', 'These keys'),
    },
  },
} as const satisfies Record<string, ScreenKeys>

export type Screen = keyof typeof KEY_MAP
export type Meaning<On extends Screen> = keyof (typeof KEY_MAP)[On]['meanings'] & string

/** The screens of these that are there, those of their own before the one that is everywhere. */
export function inOrder(screens: Iterable<Screen>): Screen[] {
  const there = new Set(screens)
  return (Object.keys(KEY_MAP) as Screen[]).filter((each) => there.has(each))
}

export function meaningsOf(screen: Screen): [name: string, meaning: KeyMeaning][] {
  return Object.entries(KEY_MAP[screen].meanings)
}
