import { join } from 'node:path'
import * as v from 'valibot'
import { projectFolder } from '../build/project-folder.ts'
import { readText } from './read-text.ts'

export const configFile = join(projectFolder, 'cloudbaserc.json')

const variables = v.record(v.string(), v.string())
const switched = v.picklist(['ENABLE', 'DISABLE'])

const settingsSchema = v.looseObject({
  runtime: v.optional(v.string()),
  timeout: v.optional(v.number()),
  memorySize: v.optional(v.number()),
  envVariables: v.optional(variables),
  publicNetConfig: v.optional(
    v.object({ publicNetStatus: switched, eipConfig: v.optional(v.object({ eipStatus: switched })) }),
  ),
})

const fileSchema = v.looseObject({
  region: v.string(),
  functionRoot: v.string(),
  functionDefaultConfig: settingsSchema,
  functions: v.array(
    v.looseObject({
      ...settingsSchema.entries,
      name: v.string(),
      path: v.optional(v.string()),
      triggers: v.optional(v.array(v.object({ name: v.string(), type: v.literal('timer'), config: v.string() })), []),
    }),
  ),
})

/** `cloudbaserc.json`, its templates not filled in. */
export type Project = v.InferOutput<typeof fileSchema>
export type ProjectFunction = Project['functions'][number]

export const readProject = async (file = configFile): Promise<Project> =>
  v.parse(fileSchema, JSON.parse(await readText(file)))

/** Names of the templates `{{env.X}}` in the file. */
export const templatesOf = (project: Project): string[] => [
  ...new Set([...JSON.stringify(project).matchAll(/\{\{env\.(\w+)\}\}/g)].map(([, name = '']) => name)),
]

export const fillIn = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replaceAll(/\{\{env\.(\w+)\}\}/g, (_, name: string) => values[name] ?? '')

/** One function's settings with the defaults below them, as the CLI merges them. */
export const settingsOf = (project: Project, own: ProjectFunction) => ({
  runtime: own.runtime ?? project.functionDefaultConfig.runtime,
  timeout: own.timeout ?? project.functionDefaultConfig.timeout,
  memorySize: own.memorySize ?? project.functionDefaultConfig.memorySize,
  publicNetConfig: own.publicNetConfig ?? project.functionDefaultConfig.publicNetConfig,
  envVariables: { ...project.functionDefaultConfig.envVariables, ...own.envVariables },
  triggers: own.triggers,
})

export const functionFolder = (project: Project, name: string): string =>
  join(projectFolder, project.functionRoot, name)
