/** The rooms of the inspector, in the order of the nav. */
export const PLACES = [
  { href: '/inspector', name: 'Overview' },
  { href: '/inspector/live', name: 'Live' },
  { href: '/inspector/dead-letters', name: 'Dead letters' },
  { href: '/inspector/operations', name: 'Operations' },
  { href: '/inspector/processes', name: 'Processes' },
  { href: '/inspector/nodes', name: 'Nodes' },
  { href: '/inspector/handlers', name: 'Handlers' },
  { href: '/inspector/types', name: 'Types' },
  { href: '/inspector/topology', name: 'Topology' },
  { href: '/inspector/scheduled', name: 'Scheduled' },
  { href: '/inspector/audit', name: 'Audit' },
  { href: '/inspector/settings', name: 'Settings' },
] as const
