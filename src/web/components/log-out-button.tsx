'use client'
import { useMutation } from '@tanstack/react-query'
import { useTRPC } from '../trpc/client.tsx'
import { Button } from './button.tsx'

export function LogOutButton() {
  const trpc = useTRPC()
  const logOut = useMutation(
    // A full load: nothing of the person stays in memory.
    trpc.accounts.logOut.mutationOptions({ onSuccess: () => window.location.assign('/') }),
  )
  return (
    <Button variant="quiet" size="small" pending={logOut.isPending} onClick={() => logOut.mutate()}>
      Log out
    </Button>
  )
}
