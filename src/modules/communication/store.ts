import type { PrismaClient } from '../../../prisma/generated/client.ts'
import { newId, type Tx } from '../../bus/index.ts'
import { type Locale, localeOf } from './model/letters.ts'
import type { Channel, Kind, Purpose } from './model/rules.ts'

export interface Received {
  channel: 'email' | 'sms'
  sender: string
  recipient: string
  subject: string | null
  text: string
  html: string | null
  externalId: string | null
}

export async function insertReceived(prisma: PrismaClient, received: Received): Promise<string> {
  const id = newId()
  const personId = await findPerson(prisma, received.externalId)
  await prisma.mailboxMessage.create({ data: { id, personId, ...received } })
  return id
}

const OWN_MESSAGE = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/

/** Whom it is about, where it was sent by this bus: its own id is that of a message. */
async function findPerson(prisma: PrismaClient, externalId: string | null): Promise<string | null> {
  const [messageId] = OWN_MESSAGE.exec(externalId ?? '') ?? []
  if (!messageId) return null
  const message = await prisma.message.findUnique({ where: { id: messageId }, select: { subjectId: true } })
  return message?.subjectId ?? null
}

export function listReceived(prisma: PrismaClient, limit: number) {
  return prisma.mailboxMessage.findMany({ orderBy: [{ receivedAt: 'desc' }, { id: 'desc' }], take: limit })
}

const NEWEST_TEXTS = 100

/** Those of the newest texts that went to a number. */
export async function listTextsTo(prisma: PrismaClient, recipient: string) {
  const orderBy = { receivedAt: 'desc' } as const
  const texts = await prisma.mailboxMessage.findMany({ where: { channel: 'sms' }, orderBy, take: NEWEST_TEXTS })
  return texts.filter((text) => text.recipient === recipient)
}

export interface NewRecipient {
  userId: string
  name: string
  email: string
  /** Null where the address is yet to be confirmed. */
  emailConfirmedAt: Date | null
  phone: string | null
  locale: Locale
  timeZone: string
}

/** What holds until a person chooses: stored sealed like a choice, so that nobody sees who has made one. */
export const UNCHOSEN = { locale: 'en', timeZone: 'UTC', channel: 'email' } as const

const INSERT_RECIPIENT = {
  name: 'insert-recipient',
  text: `
    INSERT INTO recipients (user_id, name, email, phone, locale, time_zone, channel, email_confirmed_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    -- A change of address can be handled before the account it is about: what it says is newer.
    ON CONFLICT (user_id) DO NOTHING`,
}

/** Not by way of Prisma: every sign-up does it. */
export async function insertRecipient(tx: Tx, recipient: NewRecipient): Promise<void> {
  const { userId, name, email, emailConfirmedAt, phone, locale, timeZone } = recipient
  const seal = (text: string) => tx.personal.sealText(userId, text)
  const where = [await seal(name), await seal(email), phone === null ? null : await seal(phone)]
  const how = [await seal(locale), await seal(timeZone), await seal(UNCHOSEN.channel)]
  await tx.query(INSERT_RECIPIENT, [userId, ...where, ...how, emailConfirmedAt])
}

const FIND_RECIPIENT = {
  name: 'find-recipient',
  text: `
    SELECT name, email, phone, locale, time_zone AS "timeZone", channel, quiet_from AS "quietFrom",
      quiet_until AS "quietUntil", email_confirmed_at AS "emailConfirmedAt", email_suppressed_at AS "emailSuppressedAt", email_answer AS "emailAnswer",
      phone_confirmed_at AS "phoneConfirmedAt", phone_suppressed_at AS "phoneSuppressedAt", phone_answer AS "phoneAnswer",
      ARRAY(SELECT purpose FROM consents WHERE user_id = $1 AND withdrawn_at IS NULL) AS consents,
      (SELECT at FROM last_told WHERE user_id = $1 AND kind = $2) AS "lastAt"
    FROM recipients WHERE user_id = $1
    -- Two decisions about one person, of which only one may be told: the second waits for the first.
    FOR UPDATE OF recipients`,
}

export interface Recipient {
  name: string
  email: string
  phone: string | null
  locale: Locale
  timeZone: string
  channel: Channel
  quietFrom: string | null
  quietUntil: string | null
  emailConfirmedAt: Date | null
  emailSuppressedAt: Date | null
  emailAnswer: string | null
  phoneConfirmedAt: Date | null
  phoneSuppressedAt: Date | null
  phoneAnswer: string | null
  consents: Purpose[]
  /** When the person was told of this kind last. */
  lastAt: Date | null
}

type RecipientRow = Omit<Recipient, 'locale' | 'channel'> & { locale: string; channel: string }

export function channelOf(text: string | null): Channel {
  return text === 'sms' ? text : UNCHOSEN.channel
}

/** Held until the transaction ends. */
export async function findRecipient(tx: Tx, userId: string, kind: Kind): Promise<Recipient | null> {
  const [row] = await tx.query<RecipientRow>(FIND_RECIPIENT, [userId, kind])
  if (!row) return null
  const open = async (text: string | null) => (text === null ? null : tx.personal.openText(text))
  return {
    ...row,
    name: (await open(row.name)) ?? '',
    email: (await open(row.email)) ?? '',
    phone: await open(row.phone),
    emailAnswer: await open(row.emailAnswer),
    phoneAnswer: await open(row.phoneAnswer),
    locale: localeOf(await open(row.locale)),
    timeZone: (await open(row.timeZone)) ?? UNCHOSEN.timeZone,
    channel: channelOf(await open(row.channel)),
    quietFrom: await open(row.quietFrom),
    quietUntil: await open(row.quietUntil),
  }
}

export async function noteTold(tx: Tx, userId: string, kind: Kind, at: Date): Promise<void> {
  const prisma = await tx.prisma()
  await prisma.lastTold.upsert({
    where: { userId_kind: { userId, kind } },
    create: { userId, kind, at },
    update: { at },
  })
}

export async function renameRecipient(tx: Tx, userId: string, name: string): Promise<void> {
  await (await tx.prisma()).recipient.updateMany({ where: { userId }, data: { name } })
}

/** A confirmation says nothing of an address that was confirmed, or given up, since. */
export async function noteEmailConfirmed(tx: Tx, userId: string, at: Date): Promise<void> {
  const where = { userId, emailConfirmedAt: null }
  await (await tx.prisma()).recipient.updateMany({ where, data: { emailConfirmedAt: at } })
}

const NOTHING_KNOWN_OF_EMAIL = { emailSuppressedAt: null, emailAnswer: null }

/** A confirmed address is one at which mail is read, whatever came back before. */
export async function moveRecipient(
  tx: Tx,
  userId: string,
  known: { name: string; email: string; emailConfirmedAt: Date },
): Promise<void> {
  await (await tx.prisma()).recipient.upsert({
    where: { userId },
    create: { userId, ...UNCHOSEN, ...known },
    update: { ...known, ...NOTHING_KNOWN_OF_EMAIL },
  })
}

export async function liftEmailSuppression(tx: Tx, userId: string): Promise<void> {
  const where = { userId, emailSuppressedAt: { not: null } }
  await (await tx.prisma()).recipient.updateMany({ where, data: NOTHING_KNOWN_OF_EMAIL })
}

/** To a number that was confirmed then, or to none. */
export async function setRecipientPhone(tx: Tx, userId: string, phone: string | null, at: Date): Promise<void> {
  const data = { phone, phoneConfirmedAt: phone === null ? null : at, phoneSuppressedAt: null, phoneAnswer: null }
  await (await tx.prisma()).recipient.updateMany({ where: { userId }, data })
}

interface Refusal {
  userId: string
  /** What was refused; nothing changes where the person has another one by now. */
  address: string
  answer: string
  at: Date
}

const SUPPRESS = {
  email: { column: 'email', noted: ['email_suppressed_at', 'email_answer'] },
  sms: { column: 'phone', noted: ['phone_suppressed_at', 'phone_answer'] },
} as const

/** Whatever else changes where the person is written to waits meanwhile. */
export async function suppress(tx: Tx, channel: Channel, { userId, address, answer, at }: Refusal): Promise<void> {
  const { column, noted } = SUPPRESS[channel]
  const find = `SELECT ${column} AS address FROM recipients WHERE user_id = $1 FOR UPDATE`
  const [known] = await tx.query<{ address: string | null }>(find, [userId])
  if (!known?.address || (await tx.personal.openText(known.address)) !== address) return
  const sealed = await tx.personal.sealText(userId, answer)
  const update = `UPDATE recipients SET ${noted[0]} = $2, ${noted[1]} = $3 WHERE user_id = $1`
  await tx.query(update, [userId, at, sealed])
}

export interface KeptPreferences {
  locale: Locale
  timeZone: string
  channel: Channel
  quietFrom: string | null
  quietUntil: string | null
}

/** Returns false where the person is not known. */
export async function keepPreferences(tx: Tx, userId: string, preferences: KeptPreferences): Promise<boolean> {
  const { count } = await (await tx.prisma()).recipient.updateMany({ where: { userId }, data: preferences })
  return count === 1
}

/** Notes what is given newly and what is no longer; a consent that was given keeps its time. */
export async function keepConsents(tx: Tx, userId: string, given: readonly Purpose[], now: Date): Promise<void> {
  const prisma = await tx.prisma()
  await prisma.consent.updateMany({
    where: { userId, purpose: { notIn: [...given] }, withdrawnAt: null },
    data: { withdrawnAt: now },
  })
  for (const purpose of given) {
    const where = { userId_purpose: { userId, purpose } }
    const known = await prisma.consent.findUnique({ where })
    if (known && known.withdrawnAt === null) continue
    const since = { givenAt: now, withdrawnAt: null }
    await prisma.consent.upsert({ where, create: { userId, purpose, ...since }, update: since })
  }
}

/** All that is kept about a person goes. */
export async function deleteRecipient(tx: Tx, userId: string): Promise<void> {
  await (await tx.prisma()).recipient.deleteMany({ where: { userId } })
}

export function findPreferences(prisma: PrismaClient, userId: string) {
  return prisma.recipient.findUnique({ where: { userId }, include: { consents: { where: { withdrawnAt: null } } } })
}

/** A part of those who agreed to something, in the order of their ids. */
export async function listConsenting(tx: Tx, purpose: Purpose, after: string | null, limit: number) {
  const prisma = await tx.prisma()
  const rows = await prisma.consent.findMany({
    where: { purpose, withdrawnAt: null, ...(after !== null && { userId: { gt: after } }) },
    include: { recipient: { select: { locale: true } } },
    orderBy: { userId: 'asc' },
    take: limit,
  })
  return rows.map(({ userId, recipient }) => ({ userId, locale: recipient.locale }))
}
