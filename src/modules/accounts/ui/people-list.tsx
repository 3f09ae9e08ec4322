import type { ListedPerson } from '../people-router.ts'
import { PersonAddress } from './person-address.tsx'
import { PersonLogIns } from './person-log-ins.tsx'
import { PersonRole } from './person-role.tsx'
import { Standing } from './standing.tsx'

/** Everybody with an account, and what they may do. */
export function PeopleList({ people, selfId }: { people: ListedPerson[]; selfId: string }) {
  if (people.length === 0) return <p className="text-muted">Nobody has this address.</p>
  return (
    <ul aria-label="People" className="divide-y divide-line border-y border-line">
      {people.map((person) => (
        <li key={person.userId} className="flex flex-wrap items-center gap-x-6 gap-y-3 py-4">
          <div className="min-w-0 flex-1 basis-64">
            <p className="font-medium [overflow-wrap:anywhere]">
              <bdi>{person.name}</bdi>
              {person.userId === selfId && <span className="ml-2 text-sm font-normal text-muted">you</span>}
            </p>
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
              <Standing isConfirmed={person.emailConfirmed} />
              <PersonAddress person={person} />
            </div>
          </div>
          <PersonLogIns person={person} isSelf={person.userId === selfId} />
          <PersonRole person={person} isSelf={person.userId === selfId} />
        </li>
      ))}
    </ul>
  )
}
