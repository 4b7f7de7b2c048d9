import { build } from 'esbuild'
import { join } from 'node:path'
import { bundleFunction } from './build/bundle.ts'
import { slim } from './build/slim.ts'
import { listFunctions } from './build/build.ts'
const names = await listFunctions('/work/main/functions')
const t=async(l:string,f:()=>Promise<unknown>)=>{const s=performance.now();await f();console.log(l,Math.round(performance.now()-s))}
const base={absWorkingDir:'/work/main',bundle:true,platform:'node',target:'node20',minify:true,write:false,metafile:true,outdir:'/tmp/zz'} as const
const eps=names.map(n=>({in:`functions/${n}/index.ts`,out:n+'/index'}))
await t('plain one',()=>build({...base,format:'cjs',entryPoints:eps}))
await t('plain one',()=>build({...base,format:'cjs',entryPoints:eps}))
await t('slim one',()=>build({...base,format:'cjs',entryPoints:eps,plugins:[slim()]}))
await t('slim 12 cjs',()=>Promise.all(eps.map(e=>build({...base,format:'cjs',entryPoints:[e],plugins:[slim()]}))))
await t('slim 12 cjs noplug',()=>Promise.all(eps.map(e=>build({...base,format:'cjs',entryPoints:[e]}))))
await t('slim 12 esm split',()=>Promise.all(eps.map(e=>build({...base,format:'esm',splitting:true,entryPoints:[e],plugins:[slim()]}))))
await t('slim 12 esm split map',()=>Promise.all(eps.map(e=>build({...base,format:'esm',splitting:true,entryPoints:[e],plugins:[slim()],sourcemap:'inline',sourcesContent:false}))))
await t('slim all esm split map',()=>build({...base,format:'esm',splitting:true,entryPoints:eps,plugins:[slim()],sourcemap:'inline',sourcesContent:false}).then(r=>console.log(r.outputFiles.length)))
await t('full',()=>Promise.all(names.map(n=>bundleFunction(n,join('/work/main/functions',n,'index.ts'),'/tmp/zz'))))
process.exit()
