import { createReadStream } from 'node:fs'
import { open, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { createEnvelope, withLine, type Envelope } from './encryption.ts'
import { cutOff, damaged, fileExists, noFile } from './refusals.ts'

/** More than any frame that `writeSealed` makes; keeps a forged length from taking the memory. */
const MAX_FRAME_BYTES = 64 * 1024 * 1024

export interface Sink {
  /** The text of one frame, at least one line. */
  write(text: string): Promise<void>
}

/**
 * Makes the file, readable by its owner only, out of what `produce` writes. It has its name when it is complete and on the disk; a crash
 * leaves `FILE.part`. @throws DeployError where the file exists
 */
export async function writeSealed(
  file: string,
  passphrase: string,
  produce: (sink: Sink) => Promise<string>,
): Promise<void> {
  if (await exists(file)) throw fileExists(file)
  const envelope = await createEnvelope(passphrase)
  const part = `${file}.part`
  await rm(part, { force: true })
  const handle = await open(part, 'wx', 0o600)
  try {
    await handle.write(envelope.line)
    let number = 0
    const put = async (text: string, isLast: boolean): Promise<void> => {
      await append(handle, envelope.seal(await promisify(gzip)(text), number, isLast))
      number += 1
    }
    await put(await produce({ write: (text) => put(text, false) }), true)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(part, file)
}

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  )

async function append(handle: FileHandle, frame: Buffer): Promise<void> {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(frame.length)
  await handle.write(length)
  await handle.write(frame)
}

/** The frames' texts in order, each authenticated; the end counts as one, so that a file that was cut off throws. @throws DeployError */
export async function* readSealed(file: string, passphrase: string): AsyncGenerator<string> {
  const bytes = readExactly(file)
  const envelope = await withLine(await bytes.line(), passphrase)
  for (let number = 0; ; number++) {
    const { frame, isLast } = await nextFrame(bytes, number)
    yield (await promisify(gunzip)(openFrame(envelope, frame, number, isLast))).toString('utf8')
    if (isLast) return
  }
}

const openFrame = (envelope: Envelope, frame: Buffer, number: number, isLast: boolean): Buffer => {
  try {
    return envelope.open(frame, number, isLast)
  } catch (error) {
    // Whole frames, and the end of the file where the end mark is missing: it was cut off between two.
    if (isLast && opens(envelope, frame, number)) throw cutOff()
    throw error
  }
}

const opens = (envelope: Envelope, frame: Buffer, number: number): boolean => {
  try {
    envelope.open(frame, number, false)
    return true
  } catch {
    return false
  }
}

async function nextFrame(bytes: Bytes, number: number): Promise<{ frame: Buffer; isLast: boolean }> {
  const length = (await bytes.take(4)).readUInt32BE()
  if (length > MAX_FRAME_BYTES) throw damaged(number)
  return { frame: await bytes.take(length), isLast: await bytes.isAtEnd() }
}

interface Bytes {
  line(): Promise<string>
  /** @throws DeployError where the file has fewer */
  take(count: number): Promise<Buffer>
  isAtEnd(): Promise<boolean>
}

const MAX_LINE_BYTES = 1000

function readExactly(file: string): Bytes {
  const chunks = createReadStream(file, { highWaterMark: 256 * 1024 })[Symbol.asyncIterator]()
  let held = Buffer.alloc(0)
  const fill = async (): Promise<boolean> => {
    const next = await chunks.next().catch((error: unknown) => {
      throw noFile(file, error)
    })
    if (next.done === true) return false
    held = Buffer.concat([held, Buffer.from(next.value)])
    return true
  }
  const take = async (count: number): Promise<Buffer> => {
    while (held.length < count) if (!(await fill())) throw cutOff()
    const taken = held.subarray(0, count)
    held = held.subarray(count)
    return taken
  }
  return {
    take,
    async line() {
      while (!held.includes(10)) if (held.length > MAX_LINE_BYTES || !(await fill())) throw damaged(-1)
      return (await take(held.indexOf(10) + 1)).toString('utf8')
    },
    isAtEnd: async () => held.length === 0 && !(await fill()),
  }
}
