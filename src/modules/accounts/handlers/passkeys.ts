import { handle, type Subscription } from '../../../bus/index.ts'
import { AddPasskey, PasskeyAdded, PasskeyRemoved, PasskeyRenamed, RemovePasskey, RenamePasskey } from '../messages.ts'
import { countPasskeys, deletePasskey, insertPasskey, renamePasskey } from '../store/passkeys.ts'
import { WAITED_FOR } from './waited-for.ts'

/** More devices than that nobody keeps in mind. */
const MOST_PASSKEYS = 20

export const passkeyHandlers: readonly Subscription[] = [
  handle(AddPasskey, WAITED_FOR, async function addPasskey(command, { tx, publish }) {
    const { passkeyId: id, userId, label, publicKey, ...credential } = command
    if ((await countPasskeys(tx, userId)) >= MOST_PASSKEYS) return { outcome: 'too-many' as const }
    const passkey = { ...credential, id, userId, label, publicKey: Buffer.from(publicKey, 'base64url') }
    if (!(await insertPasskey(tx, passkey))) return { outcome: 'already-there' as const }
    publish(PasskeyAdded, { userId, passkeyId: id, label })
    return { outcome: 'added' as const }
  }),
  handle(RenamePasskey, WAITED_FOR, async function renameOnePasskey({ userId, passkeyId, label }, { tx, publish }) {
    if (!(await renamePasskey(tx, userId, passkeyId, label))) return { outcome: 'unknown' as const }
    publish(PasskeyRenamed, { userId, passkeyId, label })
    return { outcome: 'renamed' as const }
  }),
  handle(RemovePasskey, WAITED_FOR, async function removePasskey({ userId, passkeyId }, { tx, publish }) {
    const label = await deletePasskey(tx, userId, passkeyId)
    if (label === null) return { outcome: 'unknown' as const }
    publish(PasskeyRemoved, { userId, passkeyId, label })
    return { outcome: 'removed' as const }
  }),
]
