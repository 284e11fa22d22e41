// The business as data (pharma/) fits together: every text in three languages, every name known.
// What one file can show by itself is in schemas/; here is what only all files together can.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';

const ROOT = new URL('../../', import.meta.url);
const LANGUAGES = ['en', 'ja', 'zh'];
const COMMON_FIELDS = new Set(['id', 'created_at', 'created_by', 'updated_at', 'updated_by']);
const RELATED = new Set(['some', 'all', 'none', 'count']);

function readFolder(folder, member) {
  const url = new URL(`pharma/${folder}/`, ROOT);
  const found = new Map();
  for (const file of readdirSync(url).sort()) {
    const definition = JSON.parse(readFileSync(new URL(file, url), 'utf8'));
    assert.equal(`${definition[member]}.json`, file, `${folder}/${file} is named as what it holds`);
    found.set(definition[member], definition);
  }
  return found;
}

const scores = new Map([...readFolder('scores', 'score'), ...readFolder('rankings', 'ranking')]);
const objects = readFolder('objects', 'object');
for (const { fields } of objects.values()) {
  for (const field of fields.filter(({ choices }) => typeof choices === 'string')) {
    const [object, name] = field.choices.split('.');
    if (object === 'roles') {
      field.choices = [...readFolder('roles', 'role').values()].map(({ role, labels }) => ({ code: role, labels }));
      continue;
    }
    if (object === 'playbooks') {
      field.choices = [...readFolder('playbooks', 'playbook').values()].map(({ playbook, labels }) => ({ code: playbook, labels }));
      continue;
    }
    if (scores.has(object)) {
      field.choices = scores.get(object)[name].map((item) => ({ code: item.part ?? item.level, labels: item.labels }));
      continue;
    }
    field.choices = objects.get(object).fields.find((other) => other.name === name).choices;
  }
}
const roles = readFolder('roles', 'role');
const rules = readFolder('rules', 'rule');
const dashboards = readFolder('dashboards', 'dashboard');
const templates = readFolder('templates', 'template');

const objectOf = (name, place) => objects.get(name) ?? assert.fail(`${place}: no object ${name}`);
const findField = (object, name) => object.fields.find((field) => field.name === name);

function fieldOf(object, name, place) {
  return findField(object, name) ?? assert.fail(`${place}: ${object.object} has no field ${name}`);
}

/** The field at the end of "temperature", "hcp.owner" or "id"; undefined for what every record has. */
function resolve(object, path, place) {
  const [first, second, ...rest] = path.split('.');
  assert.equal(rest.length, 0, `${place}: ${path} goes through more than one reference`);
  if (second === undefined) {
    return COMMON_FIELDS.has(first) ? undefined : fieldOf(object, first, place);
  }
  const field = fieldOf(object, first, place);
  assert.equal(field.type, 'reference', `${place}: ${first} is no reference`);
  if (second === 'title' || COMMON_FIELDS.has(second)) return undefined;
  return fieldOf(objectOf(field.reference, place), second, place);
}

function walk(value, visit, place = '') {
  visit(value, place);
  if (value === null || typeof value !== 'object') return;
  for (const [name, inner] of Object.entries(value)) walk(inner, visit, `${place}/${name}`);
}

const isPlain = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

/** Follows a condition: every field is known, and every choice compared with is one of the field's. */
function checkCondition(object, logic, place) {
  if (Array.isArray(logic)) {
    for (const item of logic) checkCondition(object, item, place);
    return;
  }
  if (!isPlain(logic)) return;
  const [operator, argument] = Object.entries(logic)[0];
  const list = Array.isArray(argument) ? argument : [argument];
  if (operator === 'var') {
    resolve(object, list[0], place);
  } else if (operator === 'changed' || operator === 'was') {
    fieldOf(object, list[0], place);
  } else if (RELATED.has(operator)) {
    checkRelated(object, list, place);
  } else {
    checkChoices(object, list, place);
    checkCondition(object, list, place);
  }
}

function checkRelated(object, [related, condition], place) {
  const [name, reference] = related.var.split('.');
  const target = objectOf(name, place);
  const references = target.fields.filter((field) => field.reference === object.object);
  if (reference) fieldOf(target, reference, place);
  else assert.equal(references.length, 1, `${place}: ${name} refers to ${object.object} in several ways`);
  checkCondition(target, condition, place);
}

function checkChoices(object, list, place) {
  const variable = list.find((item) => isPlain(item) && 'var' in item);
  const field = variable && resolve(object, variable.var, place);
  if (field?.type !== 'choice') return;
  const codes = new Set(field.choices.map((choice) => choice.code));
  for (const value of list.flat().filter((item) => typeof item === 'string')) {
    assert.ok(codes.has(value), `${place}: ${value} is no choice of ${field.name}`);
  }
}

function checkValues(object, target, values, place) {
  for (const [name, value] of Object.entries(values ?? {})) {
    const field = fieldOf(target, name, place);
    if (!isPlain(value) || !('var' in value)) continue;
    const source = resolve(object, value.var, place);
    if (field.type !== 'reference') continue;
    const refersTo = source ? source.reference : object.object;
    assert.equal(refersTo, field.reference, `${place}: ${name} takes a record of ${field.reference}`);
  }
}

/** A validator of JSON Schema 2020-12 from the page's tools; undefined where they are not installed. */
function findValidator() {
  const require = createRequire(new URL('web/package.json', ROOT));
  for (const name of ['ajv/dist/2020.js', '@redocly/ajv/dist/2020.js']) {
    try {
      return require(name).default;
    } catch (error) {
      if (error.code !== 'MODULE_NOT_FOUND') throw error;
    }
  }
  return undefined;
}

const SCHEMAS = { object: 'objects', role: 'roles', rule: 'rules', dashboard: 'dashboards', template: 'templates',
  score: 'scores', lexicon: 'lexicons', form: 'forms', ranking: 'rankings', playbook: 'playbooks', deadline: 'deadlines',
  review: 'reviews', holiday: 'holidays',
  texts: 'texts' };
const Validator = findValidator();

test('every file keeps to the schema of its kind', { skip: !Validator && 'npm ci in web/ first' }, () => {
  for (const [kind, folder] of Object.entries(SCHEMAS)) {
    const schema = JSON.parse(readFileSync(new URL(`schemas/${kind}.schema.json`, ROOT), 'utf8'));
    const validate = new Validator({ strict: false, allErrors: true }).compile(schema);
    for (const file of readdirSync(new URL(`pharma/${folder}/`, ROOT))) {
      const definition = JSON.parse(readFileSync(new URL(`pharma/${folder}/${file}`, ROOT), 'utf8'));
      assert.ok(validate(definition), `${folder}/${file}: ${JSON.stringify(validate.errors?.slice(0, 3))}`);
    }
  }
});

test('every text stands in English, Japanese and Chinese, with the same slots', () => {
  const texts = readdirSync(new URL('pharma/texts/', ROOT)).map((file) =>
    JSON.parse(readFileSync(new URL(`pharma/texts/${file}`, ROOT), 'utf8')));
  const all = { objects, roles, rules, dashboards, templates, scores };
  const tree = Object.fromEntries(Object.entries(all).map(([kind, map]) => [kind, Object.fromEntries(map)]));
  let count = 0;
  walk({ ...tree, texts }, (value, place) => {
    if (!isPlain(value) || typeof value.en !== 'string' || place.endsWith('/sort_by')) return;
    count++;
    assert.deepEqual(Object.keys(value).sort(), LANGUAGES, place);
    for (const lang of LANGUAGES) {
      assert.match(value[lang], /\S/, `${place}/${lang}`);
      assert.equal(value[lang], value[lang].trim().normalize('NFC'), `${place}/${lang}`);
    }
    if (/\/title\w*$/.test(place)) return;
    const slots = LANGUAGES.map((lang) => [...new Set(value[lang].match(/\{[a-z0-9_.]+\}/g))].sort().join());
    assert.equal(new Set(slots).size, 1, `${place}: ${slots.join(' | ')}`);
  });
  assert.ok(count > 400, `${count} texts`);
});

test('no error code stands in two files, and each kind of problem has a title', () => {
  const seen = new Map();
  for (const file of readdirSync(new URL('pharma/texts/', ROOT))) {
    const sentences = JSON.parse(readFileSync(new URL(`pharma/texts/${file}`, ROOT), 'utf8'));
    for (const code of Object.keys(sentences)) {
      assert.ok(!seen.has(code), `${code} stands in ${seen.get(code)} and in ${file}`);
      seen.set(code, file);
    }
  }
  const statuses = readFileSync(new URL('src/base/status.h', ROOT), 'utf8').matchAll(/STATUS_([A-Z_]+)/g);
  const silent = new Set(['OK', 'END', 'H']);
  for (const [, name] of statuses) {
    if (silent.has(name)) continue;
    assert.ok(seen.has(`status_${name.toLowerCase()}`), `no title for ${name}`);
  }
});

/** The codes that a C source hands to problem_add and its like, as the string after the place. */
function codesIn(source) {
  const calls = /\b(?:problem_add|call_refuse|complain|denied)\s*\(((?:[^;"]|"(?:[^"\\]|\\.)*")*?)\);/g;
  const codes = [...source.matchAll(/\.code = (?:\w+ \? )?"(\w+)"/g)].map((match) => match[1]);
  for (const [, call] of source.matchAll(calls)) {
    const words = call.replace(/(?:STR|json_get_text|object_field)\([^()]*\)/g, '').matchAll(/"([a-z][a-z_]+)"/g);
    codes.push(...[...words].slice(0, 1).map((match) => match[1]));
  }
  return codes;
}

test('every error code of the sources has its sentence', () => {
  const texts = new URL('pharma/texts/', ROOT);
  const known = new Set(
    readdirSync(texts).flatMap((file) => Object.keys(JSON.parse(readFileSync(new URL(file, texts), 'utf8')))),
  );
  const sources = readdirSync(new URL('src/', ROOT), { recursive: true }).filter((file) => file.endsWith('.c'));
  const used = sources.flatMap((file) =>
    codesIn(readFileSync(new URL(`src/${file}`, ROOT), 'utf8')).map((code) => `${code} (${file})`),
  );
  assert.ok(used.length > 80, 'the sources were read');
  assert.deepEqual(used.filter((code) => !known.has(code.split(' ')[0])), []);
});

test('objects: references, children, roll-ups, ownership, titles, indexes and layouts name what exists', () => {
  for (const [name, object] of objects) {
    const known = (field, place) => fieldOf(object, field, `${name}/${place}`);
    const names = object.fields.map((field) => field.name);
    assert.equal(new Set(names).size, names.length, `${name}: a field stands twice`);
    for (const field of object.fields) checkField(object, field);
    for (const child of object.children ?? []) checkChild(object, child);
    for (const field of (object.unique ?? []).flat()) known(field, 'unique');
    for (const field of (object.indexes ?? []).flat()) {
      if (!COMMON_FIELDS.has(field) && field !== 'deleted_at') known(field, 'indexes');
    }
    if (object.timeline_at) known(object.timeline_at, 'timeline_at');
    for (const field of object.ownership.via ?? []) assert.equal(known(field, 'via').type, 'reference');
    if (object.ownership.shared) assert.equal(known(object.ownership.shared, 'shared').type, 'boolean');
    if (object.ownership.owner) assert.equal(known(object.ownership.owner, 'owner').reference, 'user');
    for (const text of ['title', 'title_family_first', 'title_given_first'].flatMap((title) => Object.values(object[title] ?? {}))) {
      for (const [, slot] of text.matchAll(/\{([^}]*)\}/g)) {
        for (const field of slot.split('|')) known(field, 'title');
      }
    }
    checkLayouts(object);
  }
});

function checkField(object, field) {
  const place = `${object.object}/${field.name}`;
  if (field.reference) objectOf(field.reference, place);
  if (field.choices) {
    const codes = field.choices.map((choice) => choice.code);
    assert.equal(new Set(codes).size, codes.length, `${place}: a choice stands twice`);
    if (field.default) assert.ok(codes.includes(field.default), `${place}: default`);
  }
  if (field.default === 'me') assert.equal(field.reference, 'user', place);
  if (field.default === 'now') assert.equal(field.type, 'instant', place);
  for (const other of Object.values(field.sort_by ?? {})) {
    assert.ok(fieldOf(object, other, place).indexed, `${place} sorts by ${other}, which has no index`);
  }
  if (!field.rollup) return;
  if (field.rollup.same) {
    assert.ok(fieldOf(object, field.rollup.same, place).rollup.measure, place);
    assert.deepEqual(fieldOf(object, field.rollup.unless, place).choices, field.choices, place);
    return;
  }
  const over = objectOf(field.rollup.object, place);
  assert.equal(fieldOf(over, field.rollup.field, place).reference, object.object, place);
  const { measure, of } = field.rollup;
  if (measure === 'count') assert.equal(field.type, 'integer', place);
  if (of) assert.ok(fieldOf(over, of, place).type === field.type || measure === 'count', place);
  for (const [name, codes] of Object.entries(field.rollup.where ?? {})) {
    const measured = fieldOf(over, name, place);
    const choices = measured.type === 'boolean' ? ['true', 'false'] : measured.choices.map((choice) => choice.code);
    for (const code of codes) assert.ok(choices.includes(code), `${place}: ${code}`);
  }
}

function checkChild(object, child) {
  const place = `${object.object}/children/${child.name}`;
  const target = objectOf(child.object, place);
  assert.equal(fieldOf(target, child.field, place).reference, object.object, place);
  if (child.shorthand) fieldOf(target, child.shorthand, place);
  for (const [to, from] of Object.entries(child.copy ?? {})) {
    const [into, source] = [fieldOf(target, to, place), fieldOf(object, from, place)];
    assert.equal(into.type, source.type, `${place}: ${from} → ${to}`);
    assert.equal(into.reference, source.reference, `${place}: ${from} → ${to}`);
  }
}

const namesIn = (section) => section.fields.map((item) => (typeof item === 'string' ? item : item.field));

function checkLayouts(object) {
  const place = `${object.object}/layouts`;
  for (const section of object.layouts.form) {
    for (const name of namesIn(section)) fieldOf(object, name, place);
    for (const [name, codes] of Object.entries(section.when ?? {})) {
      const choices = fieldOf(object, name, place).choices.map((choice) => choice.code);
      for (const code of codes) assert.ok(choices.includes(code), `${place}: ${code}`);
    }
  }
  for (const name of object.layouts.list) fieldOf(object, name, place);
  const shown = new Set(object.layouts.form.flatMap(namesIn));
  for (const field of object.fields.filter((each) => each.required && each.default === undefined)) {
    assert.ok(shown.has(field.name), `${place}: ${field.name} must be filled in and is on no form`);
  }
}

test('X5: a visit asks for five fields at most, and for one that has no default', () => {
  const required = objects.get('visit').fields.filter((field) => field.required);
  assert.ok(required.length <= 5);
  assert.deepEqual(required.filter((field) => field.default === undefined).map((field) => field.name), ['hcp']);
});

test('E1a: temperature is one ordered scale with a colour each, wherever it is kept', () => {
  const scale = ['enthusiastic', 'favorable', 'neutral', 'skeptical', 'prefers_competitor', 'hard_to_meet'];
  for (const [name, field] of [['hcp', 'temperature'], ['hco', 'temperature'], ['hco', 'temperature_override'],
    ['visit', 'temperature'], ['temperature_reading', 'value']]) {
    const { choices } = fieldOf(objects.get(name), field, name);
    assert.deepEqual(choices.map((choice) => choice.code), scale);
    assert.deepEqual(choices.map((choice) => choice.rank), [5, 4, 3, 2, 1, 0]);
    assert.equal(new Set(choices.map((choice) => choice.colour)).size, 6);
  }
  const labels = fieldOf(objects.get('hcp'), 'temperature').choices.map((choice) => choice.labels.ja);
  assert.deepEqual(labels, ['熱心な処方医', '好意的', '中立', '懐疑的', '競合優先', '面会困難']);
});

test('S11: what is kept about a person says why', () => {
  for (const name of ['family_name', 'email', 'phone', 'temperature', 'academic_interests']) {
    const { purpose } = fieldOf(objects.get('hcp'), name);
    for (const language of ['en', 'ja', 'zh']) assert.match(purpose[language] ?? '', /\S/, `${name} in ${language}`);
  }
});

test('rules: objects, fields, choices, templates and values fit', () => {
  for (const [name, rule] of rules) {
    const object = objectOf(rule.object, name);
    checkCondition(object, rule.condition, name);
    for (const field of rule.cause ?? []) fieldOf(object, field, name);
    for (const action of rule.actions) checkAction(object, action, name);
  }
});

function checkAction(object, action, place) {
  if (action.template) assert.ok(templates.has(action.template), `${place}: no template ${action.template}`);
  if (action.do === 'task') {
    checkValues(object, objects.get('task'), { ...action.values, owner: action.owner }, place);
    checkSlots(object, templates.get(action.template), place);
  }
  if (action.do === 'notify') {
    const kinds = fieldOf(objects.get('notification'), 'kind', place).choices.map((choice) => choice.code);
    assert.ok(kinds.includes(action.kind), `${place}: no kind ${action.kind}`);
    checkValues(object, objects.get('notification'), { ...action.values, owner: action.to }, place);
    checkSlots(object, templates.get(action.template), place);
  }
  if (action.do === 'create') checkValues(object, objectOf(action.object, place), action.values, place);
  if (action.do === 'set') {
    const target = action.on ? objectOf(fieldOf(object, action.on, place).reference, place) : object;
    checkValues(object, target, action.values, place);
  }
}

function checkSlots(object, template, place) {
  walk([template.subject, template.body], (text) => {
    if (typeof text !== 'string') return;
    for (const [, slot] of text.matchAll(/\{([^}]*)\}/g)) {
      if (slot !== 'title') resolve(object, slot, `${place}: template ${template.template}`);
    }
  });
}

test('every template is used by a rule or a deadline', () => {
  const deadlines = readFolder('deadlines', 'deadline_table');
  const used = new Set([...rules.values()].flatMap((rule) => rule.actions.map((action) => action.template)));
  for (const table of deadlines.values()) for (const { template } of table.escalations) used.add(template);
  for (const { template } of readFolder('reviews', 'review').values()) used.add(template);
  for (const name of templates.keys()) assert.ok(used.has(name), name);
});

test('E6 to E10: the guidance is worded as the document has it', () => {
  const subjects = { rebuild_relationship: '{title}先生 関係立て直しアプローチの設計',
    find_cause: '{hcp.title}先生 変化の原因確認——今月中に接触を', keep_warm: '{title}先生 定期接触——関係温度の維持',
    plan_for_committee: '{title} 採用委員会に向けた事前活動計画', handover_read: '担当先生50名のCRMを読んでから初回訪問を設計' };
  for (const [name, subject] of Object.entries(subjects)) assert.equal(templates.get(name).subject.ja, subject);
  assert.ok(templates.get('rebuild_relationship').body.ja.includes('先生の臨床課題を起点にした対話から'));
  assert.ok(templates.get('handover_write').subject.ja.startsWith('前任者との30分引き継ぎセッション'));
  assert.ok(templates.get('handover_write').body.ja.includes('ナラティブメモに全件追記してから離任'));
  const capabilities = [...rules.values()].map((rule) => rule.capability).filter(Boolean);
  for (const capability of ['E10', 'E3', 'E6', 'E7', 'E8', 'E9', 'S13', 'V9', 'V10', 'V11', 'V14', 'V15', 'V16', 'V17']) assert.ok(capabilities.includes(capability), capability);
});

test('dashboards: roles, objects, conditions, fields, sorts and references fit', () => {
  for (const [name, dashboard] of dashboards) {
    for (const role of dashboard.roles) assert.ok(roles.has(role), `${name}: no role ${role}`);
    for (const widget of dashboard.widgets) checkWidget(widget, `${name}/${widget.name}`);
  }
  const namesOf = (name) => dashboards.get(name).widgets.map((widget) => widget.name);
  const first = ['recommended_visits', 'temperature_alerts', 'signs_unvisited'];
  assert.deepEqual(namesOf('mr_daily').filter((name) => first.includes(name)), first);
  assert.ok(namesOf('mr_daily').indexOf('drafts') < namesOf('mr_daily').indexOf(first[0]), 'V5: at the top of Today');
  assert.deepEqual(namesOf('manager_weekly').slice(0, 5),
    ['temperature_by_mr', 'temperature_over_time', 'change_after_reassignment', 'temperature_after_reassignment', 'committees_within_month']);
});

function checkWidget(widget, place) {
  const object = objectOf(widget.object, place);
  if (widget.condition) checkCondition(object, widget.condition, place);
  for (const name of [...(widget.fields ?? []).filter((field) => !field.includes('.')), ...(widget.group ?? [])]) fieldOf(object, name, place);
  for (const [reference, part] of (widget.fields ?? []).map((name) => name.split('.')).filter(([, rest]) => rest)) {
    assert.ok((widget.expand ?? []).includes(reference), `${place}: ${reference} is shown in parts and not expanded`);
    if (part !== 'title') fieldOf(objectOf(fieldOf(object, reference, place).reference, place), part, place);
  }
  for (const name of widget.expand ?? []) assert.equal(fieldOf(object, name, place).type, 'reference', place);
  for (const sort of widget.sort ?? []) {
    const field = fieldOf(object, sort.replace(/^-/, ''), place);
    const inSet = object.indexes?.some((set) => set.includes(field.name));
    assert.ok(field.indexed || inSet, `${place} sorts by ${field.name}, which has no index`);
  }
}

test('roles: one for each role of a user, and only what exists is granted', () => {
  const codes = findField(objects.get('user'), 'role').choices.map((choice) => choice.code);
  assert.deepEqual([...roles.keys()].sort(), [...codes].sort());
  for (const [name, role] of roles) {
    for (const object of Object.keys(role.objects)) if (object !== '*') objectOf(object, name);
    for (const [object, rights] of Object.entries(role.fields ?? {})) {
      for (const field of [...(rights.hidden ?? []), ...(rights.read_only ?? [])]) {
        fieldOf(objectOf(object, name), field, name);
      }
    }
  }
});

test('roles: compliance changes nothing but findings, marketing reads no memos, nobody reaches beyond reading', () => {
  const order = ['none', 'own', 'team', 'all'];
  const scope = (role, object, verb) =>
    (roles.get(role).objects[object] ?? roles.get(role).objects['*'])[verb] ?? 'none';
  for (const object of objects.keys()) {
    for (const verb of ['create', 'update', 'delete', 'import']) {
      if (object === 'finding' && verb === 'update') continue;
      assert.equal(scope('compliance', object, verb), 'none', `compliance may ${verb} ${object}`);
    }
    for (const role of roles.keys()) {
      for (const verb of ['update', 'delete', 'export']) {
        assert.ok(order.indexOf(scope(role, object, verb)) <= order.indexOf(scope(role, object, 'read')),
          `${role} may ${verb} more of ${object} than it may read`);
      }
    }
  }
  assert.equal(scope('marketing', 'memo', 'read'), 'none');
  assert.equal(scope('mr', 'hcp', 'read'), 'own');
  assert.equal(scope('manager', 'hcp', 'update'), 'team');
});
