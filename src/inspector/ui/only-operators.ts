/** What a button says that does nothing, because whoever looks is no operator. */
export function onlyOperators(mayAct: boolean): string | undefined {
  return mayAct ? undefined : 'Only an operator may do this.'
}
