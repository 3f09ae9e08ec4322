export const ROLE_OPTIONS = [
  { value: 'member', text: 'Member: their own account' },
  { value: 'viewer', text: 'Viewer: reads the inspector' },
  { value: 'operator', text: 'Operator: acts, and invites' },
] as const
