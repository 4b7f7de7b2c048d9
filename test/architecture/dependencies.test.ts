import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path/posix'
import { test } from 'node:test'
import * as v from 'valibot'

const versions = v.record(v.string(), v.string())
const packageSchema = v.object({ dependencies: versions, devDependencies: versions })
const lockSchema = v.object({
  packages: v.record(
    v.string(),
    v.object({
      version: v.optional(v.string()),
      integrity: v.optional(v.string()),
      hasInstallScript: v.optional(v.boolean(), false),
      dependencies: v.optional(versions, {}),
      optionalDependencies: v.optional(versions, {}),
      os: v.optional(v.array(v.string())),
    }),
  ),
})

const readJson = async (file: string): Promise<unknown> =>
  JSON.parse(await readFile(new URL(`../../${file}`, import.meta.url), 'utf8'))

const lock = v.parse(lockSchema, await readJson('package-lock.json'))
const locked = Object.entries(lock.packages).filter(([path]) => path.startsWith('node_modules/'))

const lockedVersions = (name: string): string[] =>
  locked.filter(([path]) => path.endsWith(`node_modules/${name}`)).map(([, { version = '' }]) => version)

/** Which versions are known to be bad: CVE-2025-27152 and CVE-2025-58754 of axios, CVE-2023-0842 of xml2js. */
const isBadAxios = ([major, minor, patch]: readonly number[]): boolean =>
  major === 0 ? isBefore([minor, patch], [30, 2]) : isBefore([major, minor], [1, 12])
const isBadXml2js = ([major, minor]: readonly number[]): boolean => major === 0 && isBefore([minor], [5])

const isBefore = (numbers: readonly (number | undefined)[], limit: readonly number[]): boolean => {
  const index = limit.findIndex((bound, at) => numbers[at] !== bound)
  return index >= 0 && (numbers[index] ?? 0) < (limit[index] ?? 0)
}

const parts = (version: string): number[] => version.split('.').map((part) => Number.parseInt(part, 10))

const judgements = [
  {
    name: 'axios',
    isBad: isBadAxios,
    bad: ['0.27.2', '0.30.1', '1.0.0', '1.11.9'],
    good: ['0.30.2', '0.31.0', '1.12.0', '2.0.0'],
  },
  { name: 'xml2js', isBad: isBadXml2js, bad: ['0.4.23'], good: ['0.5.0', '0.6.2', '1.0.0'] },
]
for (const { name, isBad, bad, good } of judgements)
  test(`no version of ${name} that is known to be bad is locked`, () => {
    assert.deepEqual(
      bad.map(parts).map(isBad),
      bad.map(() => true),
    )
    assert.deepEqual(
      good.map(parts).map(isBad),
      good.map(() => false),
    )
    assert.ok(lockedVersions(name).length > 0)
    assert.deepEqual(
      lockedVersions(name).filter((version) => isBad(parts(version))),
      [],
    )
  })

test('every dependency is wanted in one exact version', async () => {
  const { dependencies, devDependencies } = v.parse(packageSchema, await readJson('package.json'))
  const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
    ([, wanted]) => !/^\d+\.\d+\.\d+$/.test(wanted),
  )
  assert.deepEqual(loose, [])
})

test('every locked package has a checksum', () => {
  assert.deepEqual(
    locked.filter(([, { integrity }]) => integrity === undefined).map(([path]) => path),
    [],
  )
})

test('everything that a locked package needs is locked too, for every platform', () => {
  const missing = locked.flatMap(([path, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies })
      .filter((name) => !isFoundFrom(path, name))
      .map((name) => `${path} needs ${name}`),
  )
  assert.deepEqual(missing, [])
})

/** As Node looks: in the package's own node_modules, then in those of the folders above. */
const isFoundFrom = (path: string, name: string): boolean => {
  const folders = path
    .split('/node_modules/')
    .map((_, index, parts) => parts.slice(0, index + 1).join('/node_modules/'))
  return [...folders, ''].some((folder) => lock.packages[join(folder, 'node_modules', name)] !== undefined)
}

test('the packages that would run a script when installed do without it', () => {
  const scripted = locked.filter(([, { hasInstallScript, os }]) => hasInstallScript && os === undefined)
  assert.deepEqual(scripted.map(([path]) => path.replace(/.*node_modules\//, '')).sort(), [
    // Prints a greeting.
    'core-js-pure',
    // Look for a prebuilt binary, which their optional packages bring.
    'esbuild',
    'lmdb',
    'msgpackr-extract',
  ])
})
