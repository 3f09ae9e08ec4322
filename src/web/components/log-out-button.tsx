'use client'
import { useMutation } from '@tanstack/react-query'
import { useTRPC } from '../trpc/client.tsx'
import { Button } from './button.tsx'
import { leavePage } from './leave-page.ts'

export function LogOutButton() {
  const trpc = useTRPC()
  const logOut = useMutation(
    trpc.accounts.logOut.mutationOptions({
      // At once, whatever the browser knows of its connection: nobody waits for that at somebody else's machine.
      networkMode: 'always',
      // A full load: nothing of the person stays in memory.
      onSuccess: () => window.location.assign('/'),
      onError: (error) => {
        if (!error.data) leavePage()
      },
    }),
  )
  return (
    <Button variant="quiet" size="small" pending={logOut.isPending} onClick={() => logOut.mutate()}>
      Log out
    </Button>
  )
}
