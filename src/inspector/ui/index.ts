/** The browser door of the inspector. */
export { ConversationPage } from './conversation-page.tsx'
export { InspectorNav } from './inspector-nav.tsx'
export { LivePage } from './live-page.tsx'
export { MessagePage } from './message-page.tsx'
export { ProcessPage } from './process-page.tsx'
export { ProcessesPage } from './processes-page.tsx'
export { SampleFanOut } from './sample-fan-out.tsx'
export { useFeed } from './use-feed.ts'
