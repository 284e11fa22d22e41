// Who may do what, worked out from pharma/roles and pharma/objects alone: a second opinion to hold against the server's.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './harness.mjs';

function readFolder(folder, member) {
  const path = join(ROOT, 'pharma', folder);
  const definitions = readdirSync(path).filter((file) => file.endsWith('.json')).map((file) => JSON.parse(readFileSync(join(path, file), 'utf8')));
  return new Map(definitions.filter((definition) => definition[member]).map((definition) => [definition[member], definition]));
}

export const OBJECTS = readFolder('objects', 'object');
export const ROLES = readFolder('roles', 'role');
export const VERBS = ['read', 'create', 'update', 'delete', 'export', 'import'];

export function scopeOf(role, object, verb) {
  const { objects } = ROLES.get(role);
  return (objects[object] ?? objects['*'] ?? {})[verb] ?? 'none';
}

export const fieldsWith = (role, object, right) => ROLES.get(role).fields[object]?.[right] ?? [];

/**
 * Whether a record lies within a scope for a person. `world` holds every record by id and every user by id; a record
 * with an owner and a way (`via`) to another is its owner's, and open for reading to whom the other is; one that is
 * shared is open for reading to everybody.
 */
export function within(world, actor, object, record, scope, verb) {
  if (scope === 'none') return false;
  const { owner, shared, via = [] } = OBJECTS.get(object).ownership ?? {};
  if (scope === 'all' || (!owner && !via.length)) return true;
  if (shared && record[shared] && (verb === 'read' || verb === 'export')) return true;
  if (owner) {
    const person = record[owner];
    if (person && person === actor.id) return true;
    if (person && scope === 'team' && actor.team && world.users.get(person)?.team === actor.team) return true;
    if (verb !== 'read' && verb !== 'export') return false;
  }
  const reference = via.find((field) => record[field]);
  if (!reference) return false;
  const target = OBJECTS.get(object).fields.find((field) => field.name === reference).reference;
  const parent = world.records.get(record[reference]);
  return parent !== undefined && within(world, actor, target, parent, scope, verb);
}

export const may = (world, actor, object, record, verb) => within(world, actor, object, record, scopeOf(actor.role, object, verb), verb);
