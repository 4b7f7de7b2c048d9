import { brotliCompressSync } from 'node:zlib'

export interface Part {
  /** As the other parts require it. */
  readonly name: string
  /** CommonJS. */
  readonly code: string
  readonly map: string
  readonly packed: string
}

/**
 * Runs the parts. While one is evaluated, `FormData` is away: axios asks for this property of Node's as it loads, which would load
 * undici (14 ms).
 */
const runtime = `const loaded={};
const evaluate=work=>{const formData=Object.getOwnPropertyDescriptor(globalThis,"FormData");if(!formData)return work();delete globalThis.FormData;try{return work()}finally{Object.defineProperty(globalThis,"FormData",formData)}};
const unpack=name=>require("vm").compileFunction(require("zlib").brotliDecompressSync(Buffer.from(packed[name],"base64")).toString(),["module","exports","require"],{filename:__dirname+name.slice(1)});
const load=name=>{if(loaded[name])return loaded[name].exports;const run=parts[name]??(packed[name]&&unpack(name));if(!run)return require(name);const module=loaded[name]={exports:{}};try{evaluate(()=>run(module,module.exports,load))}catch(error){delete loaded[name];throw error}return module.exports};
`

/** One CommonJS file that exports what `entry` does. `atStart` lies in it as code. */
export const assemble = (
  entry: string,
  atStart: readonly Part[],
  later: readonly Part[],
): { code: string; map: string } => {
  const sections: object[] = []
  let code = '"use strict";\nconst parts={\n'
  for (const { name, code: body, map } of atStart) {
    // The parentheses make V8 compile the function at once: it runs, and would be read twice.
    code += `${JSON.stringify(name)}:(function(module,exports,require){\n`
    sections.push({ offset: { line: code.split('\n').length - 1, column: 0 }, map: JSON.parse(map) })
    code += `${body}}),\n`
  }
  code += '};\nconst packed={\n'
  for (const { name, packed } of later) code += `${JSON.stringify(name)}:"${packed}",\n`
  code += `};\n${runtime}module.exports=load(${JSON.stringify(entry)});\n`
  return { code, map: JSON.stringify({ version: 3, sections }) }
}

export const pack = (code: string): string => brotliCompressSync(`"use strict";${code}`).toString('base64')
