import { resolve } from 'mingo/util'
import type { AnyObject, Options } from 'mingo/types'
import {
  distanceBetween,
  EARTH_METRES,
  intersect,
  isWithin,
  isWithinCircle,
  readShape,
  type Shape,
} from './geometry.ts'
import { invalidParam, notEmulated } from './errors.ts'
import { isPlainObject } from './values.ts'

/* They find without an index, which the service wants for `$nearSphere` and `$geoNear`. */

type Finds = (document: AnyObject) => boolean

/** Whether one of the places at a path is as asked. */
const anyShape =
  (path: string, isWanted: (shape: Shape) => boolean): Finds =>
  (document) =>
    shapesAt(document, path).some(isWanted)

function shapesAt(document: AnyObject, path: string): Shape[] {
  const value: unknown = resolve(document, path, { unwrapArray: true })
  const shape = readShape(value)
  if (shape) return [shape]
  return Array.isArray(value) ? value.flatMap((item: unknown) => readShape(item) ?? []) : []
}

function readGeometry(operand: unknown): Shape {
  const shape = readShape(operand)
  if (!shape) throw invalidParam('((no geometry, or outside of longitude ±180 and latitude ±90))')
  return shape
}

const readNumber = (operand: unknown, name: string): number => {
  if (typeof operand !== 'number' || operand < 0) throw invalidParam(`${name} must be a non-negative number`)
  return operand
}

function $geoWithin(path: string, operand: unknown): Finds {
  const { $geometry, $centerSphere, ...others } = isPlainObject(operand) ? operand : {}
  if (Object.keys(others).length > 0) throw notEmulated(`$geoWithin with ${Object.keys(others).join()}`)
  if (Array.isArray($centerSphere)) {
    const [centre, radius] = [readGeometry($centerSphere[0]), readNumber($centerSphere[1], 'radius')]
    return anyShape(path, (shape) => isWithinCircle(shape, centre, radius))
  }
  const area = readGeometry($geometry)
  if (area.polygons.length === 0) throw invalidParam('$geoWithin needs a Polygon or a MultiPolygon')
  return anyShape(path, (shape) => isWithin(shape, area))
}

function $geoIntersects(path: string, operand: unknown): Finds {
  const wanted = readGeometry(isPlainObject(operand) ? operand['$geometry'] : undefined)
  return anyShape(path, (shape) => intersect(shape, wanted))
}

function $nearSphere(path: string, operand: unknown): Finds {
  const { distanceOf, least, most } = readNear(path, operand)
  return (document) => {
    const distance = distanceOf(document)
    return distance !== undefined && distance >= least && distance <= most
  }
}

export const geoOperators: Readonly<
  Record<
    '$geoWithin' | '$geoIntersects' | '$nearSphere' | '$near',
    (path: string, operand: unknown, options: Options) => Finds
  >
> = { $geoWithin, $geoIntersects, $nearSphere, $near: $nearSphere }

type DistanceOf = (document: AnyObject) => number | undefined

/** In metres. */
function readNear(path: string, operand: unknown) {
  const { $geometry, $minDistance = 0, $maxDistance = Infinity } = isPlainObject(operand) ? operand : {}
  return {
    distanceOf: distanceFrom(readGeometry($geometry), path),
    least: readNumber($minDistance, '$minDistance'),
    most: readNumber($maxDistance, '$maxDistance'),
  }
}

/** To the nearest place at the path, in metres. */
const distanceFrom =
  (near: Shape, path: string): DistanceOf =>
  (document) => {
    const distances = shapesAt(document, path).map((shape) => distanceBetween(shape, near) * EARTH_METRES)
    return distances.length === 0 ? undefined : Math.min(...distances)
  }

/** What a query without an order sorts by, if it asks for what is near. */
export function nearnessIn(query: Record<string, unknown>): DistanceOf | undefined {
  for (const [name, condition] of Object.entries(query)) {
    if (name === '$and' && Array.isArray(condition)) {
      for (const part of condition) {
        const found = isPlainObject(part) ? nearnessIn(part) : undefined
        if (found) return found
      }
    } else if (isPlainObject(condition)) {
      const near = condition['$nearSphere'] ?? condition['$near']
      if (near !== undefined) return readNear(name, near).distanceOf
    }
  }
  return undefined
}

/** The stage `$geoNear` as a query and what it adds to each document, the nearest first. */
export function readGeoNear(operand: unknown) {
  const {
    near,
    key,
    query = {},
    distanceField,
    includeLocs,
    minDistance,
    maxDistance,
    distanceMultiplier = 1,
    ...others
  } = isPlainObject(operand) ? operand : {}
  const unknown = Object.keys(others).filter((name) => name !== 'spherical')
  if (unknown.length > 0) throw notEmulated(`$geoNear with ${unknown.join()}`)
  if (typeof key !== 'string') throw notEmulated('$geoNear without key')
  if (typeof distanceField !== 'string') throw invalidParam("$geoNear requires a 'distanceField' option as a String")
  if (!isPlainObject(query)) throw invalidParam('((the query of $geoNear must be an object))')
  const condition = {
    $geometry: near,
    ...(minDistance !== undefined && { $minDistance: minDistance }),
    ...(maxDistance !== undefined && { $maxDistance: maxDistance }),
  }
  const { distanceOf } = readNear(key, condition)
  const factor = readNumber(distanceMultiplier, 'distanceMultiplier')
  return {
    query: { $and: [query, { [key]: { $nearSphere: condition } }] },
    fieldsOf: (document: AnyObject): Record<string, unknown> => ({
      [distanceField]: (distanceOf(document) ?? 0) * factor,
      ...(typeof includeLocs === 'string' && { [includeLocs]: resolve(document, key) }),
    }),
  }
}
