/** What somebody is called who has a role, in pages and letters alike. */
export const ROLE_WORDS: Readonly<Record<string, string>> = {
  operator: 'an operator',
  viewer: 'a viewer',
  member: 'a member',
}
