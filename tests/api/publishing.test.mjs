// Definitions that an administrator changes while Ondo runs: published, in force at once, compared, reverted (E15, X20).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { codesOf, createClient } from './client.mjs';
import { KIND, serve, startService } from './harness.mjs';

const service = await startService();
const admin = service.as('admin');
const mr = service.as('mr1');

const path = (kind, name, more = '') => `/api/v1/definition/${kind}/${name}${more}`;
const bodyOf = async (kind, name, client = admin) => (await client.read(path(kind, name))).body;
const publish = (kind, name, body, note = 'for the test', client = admin, headers = {}) =>
  client.expect(200, 'PUT', path(kind, name), { body: { body, note }, headers }).then((answer) => answer.body);
const revert = (kind, name, version = 0) => admin.expect(200, 'POST', path(kind, name, '/revert'), { body: { version, note: 'back' } });
const labels = (text) => ({ en: text, ja: text, zh: text });
const field = (name, more = {}) => ({ name, type: 'text', labels: labels(name), max_length: 100, ...more });
const codes = (answer) => answer.errors.map(({ code }) => code);

async function withField(name, more) {
  const body = await bodyOf('objects', 'hcp');
  return { ...body, fields: [...body.fields, field(name, more)] };
}

async function until(what, holds) {
  for (const began = Date.now(); !(await holds());) {
    assert.ok(Date.now() - began < 5000, what);
    await new Promise((done) => { setTimeout(done, 100); });
  }
}

test('X20: definitions are listed with where they come from; people without the right see nothing of them', async () => {
  const { items } = await admin.read('/api/v1/definition');
  const kinds = new Set(items.map((item) => item.kind));
  assert.deepEqual([...kinds].sort(),
    ['dashboards', 'deadlines', 'forms', 'holidays', 'lexicons', 'objects', 'playbooks', 'rankings', 'reviews', 'roles', 'rules', 'scores', 'templates', 'texts']);
  assert.ok(items.every((item) => item.origin === 'shipped' && item.version === 0));
  const roles = (await admin.read('/api/v1/definition', { kind: 'roles' })).items;
  assert.ok(roles.every((item) => item.kind === 'roles' && item.users >= 1));
  assert.equal(roles.find((item) => item.name === 'mr').label, 'Medical representative');
  assert.ok(roles.every((item) => !('body' in item)));
  const whole = (await admin.read('/api/v1/definition', { kind: 'roles', body: true })).items;
  assert.ok(whole.every((item) => item.body.role === item.name));
  const { etag, body } = await admin.expect(200, 'GET', path('roles', 'mr'));
  assert.match(etag, /^"0/);
  assert.deepEqual(body.body, body.shipped);
  assert.deepEqual(body.versions, []);
  await admin.refused(404, 'GET', path('roles', 'nobody'));
  await admin.refused(422, 'GET', '/api/v1/definition?kind=things');
  for (const [method, address] of [['GET', '/api/v1/definition'], ['GET', path('roles', 'mr')], ['GET', path('roles', 'mr', '/0')],
    ['PUT', path('roles', 'mr')], ['POST', path('roles', 'mr', '/check')], ['POST', path('roles', 'mr', '/revert')]]) {
    await mr.refused(403, method, address, { body: method === 'GET' ? undefined : { body: {}, version: 0 } });
  }
});

test('X20: a right taken from a role holds from the next request on, and comes back with a revert', async () => {
  await mr.create('hcp', { family_name: '以前' });
  const body = await bodyOf('roles', 'mr');
  const changed = structuredClone(body);
  changed.objects.hcp.read = 'none';
  const published = await publish('roles', 'mr', changed, 'no doctors', admin, { 'if-match': '"0"' });
  assert.equal(published.version, 1);
  assert.equal(published.origin, 'published');
  assert.deepEqual(published.shipped, body);
  await mr.refused(403, 'GET', '/api/v1/hcp');
  assert.equal((await mr.read('/api/v1/model')).objects.some(({ object }) => object === 'hcp'), false);
  const [entry] = published.versions;
  assert.equal(entry.note, 'no doctors');
  assert.ok(entry.by_name);
  await revert('roles', 'mr');
  assert.equal((await mr.all('hcp', { q: '以前' })).length, 1);
  const after = await admin.read(path('roles', 'mr'));
  assert.equal(after.origin, 'shipped');
  assert.deepEqual(after.versions.map(({ version, shipped }) => [version, shipped]), [[2, true], [1, false]]);
  assert.deepEqual((await admin.read(path('roles', 'mr', '/1'))).body, changed);
  assert.deepEqual((await admin.read(path('roles', 'mr', '/0'))).body, body);
  await admin.refused(404, 'POST', path('roles', 'mr', '/revert'), { body: { version: 9 } });
});

test('X20: what somebody else has published meanwhile is not overwritten', async () => {
  const body = await bodyOf('roles', 'msl');
  await publish('roles', 'msl', body, 'first', admin, { 'if-match': '"0"' });
  const refused = await admin.refused(412, 'PUT', path('roles', 'msl'), { body: { body, note: 'second' }, headers: { 'if-match': '"0"' } });
  assert.deepEqual(codes(refused), ['definition_stale']);
  assert.equal((await publish('roles', 'msl', body, 'second', admin, { 'if-match': '"1"' })).version, 2);
});

test('X20: of ten publications of one version at once, one succeeds', async () => {
  const body = await bodyOf('roles', 'kam');
  const answers = await Promise.all(Array.from({ length: 10 }, (_, index) =>
    admin.send('PUT', path('roles', 'kam'), { body: { body, note: `${index}` }, headers: { 'if-match': '"0"' } })));
  assert.deepEqual(answers.map((answer) => answer.status).sort(), [200, ...Array(9).fill(412)]);
  assert.equal((await admin.read(path('roles', 'kam'))).version, 1);
});

test('E15: a field added while the server runs is at once in records, lists, filters, CSV, the model, OpenAPI and history', async () => {
  const { id } = await mr.create('hcp', { family_name: '項目' });
  await mr.refused(422, 'PATCH', `/api/v1/hcp/${id}`, { body: { preferred_congress: 'x' } });
  await publish('objects', 'hcp', await withField('preferred_congress', { indexed: true, searchable: true }));
  await mr.change('hcp', id, { preferred_congress: '日本循環器学会' });
  assert.deepEqual((await mr.all('hcp', { preferred_congress: '日本循環器学会' })).map((record) => record.id), [id]);
  assert.equal((await mr.all('hcp', { q: '循環器' })).length, 1);
  await mr.read('/api/v1/hcp', { sort: 'preferred_congress' });
  assert.match((await mr.get('/api/v1/hcp/export', { fields: 'preferred_congress', format: 'csv' })).text, /日本循環器学会/);
  const model = (await mr.read('/api/v1/model')).objects.find(({ object }) => object === 'hcp');
  assert.ok(model.fields.some(({ name }) => name === 'preferred_congress'));
  assert.ok((await mr.read('/api/openapi.json')).components.schemas.hcp.properties.preferred_congress);
  const { items: [last] } = await mr.read(`/api/v1/hcp/${id}/history`);
  assert.deepEqual(last.changes.preferred_congress, { from: null, to: '日本循環器学会' });

  await revert('objects', 'hcp');
  assert.equal('preferred_congress' in (await mr.read(`/api/v1/hcp/${id}`)), false);
  await revert('objects', 'hcp', 1);
  assert.equal((await mr.read(`/api/v1/hcp/${id}`)).preferred_congress, '日本循環器学会', 'what was entered is not lost');
});

test('E15: a new object has its routes at once, and a rule for it acts', async () => {
  await publish('objects', 'congress', { object: 'congress', labels: labels('Congress'), plural: labels('Congresses'), title: labels('{name}'),
    ownership: {}, fields: [field('name', { required: true })], layouts: { form: [{ labels: labels('x'), fields: ['name'] }], list: ['name'] } });
  await publish('templates', 'welcome', { template: 'welcome', subject: labels('Prepare {title}'), body: labels('-') });
  await publish('rules', 'prepare_congress', { rule: 'prepare_congress', labels: labels('Prepare'), object: 'congress', when: 'create',
    condition: { '!!': [{ var: 'name' }] }, actions: [{ do: 'task', template: 'welcome', owner: { me: [] }, due: { days: 3 }, values: {} }] });
  const { id } = await admin.create('congress', { name: 'JCS 2027' });
  assert.equal((await admin.read(`/api/v1/congress/${id}`)).title, 'JCS 2027');
  assert.deepEqual((await admin.all('task', { source: 'rule:prepare_congress' })).map((task) => task.title), ['Prepare JCS 2027']);
  await mr.refused(403, 'GET', '/api/v1/congress');
});

test('E15: a whole new kind of record with its rights and its place in the navigation, published together; retired together; back with its records', async () => {
  const choice = (code) => ({ code, labels: labels(code) });
  const object = { object: 'seminar', labels: labels('Seminar'), plural: labels('Seminars'), title: labels('{name}'), ownership: { owner: 'owner' },
    fields: [field('name', { required: true, indexed: true, searchable: true }), field('held_on', { type: 'date', indexed: true, max_length: undefined }),
      field('format', { type: 'choice', max_length: undefined, choices: [choice('online'), choice('on_site')] }),
      field('room', {}), { name: 'owner', type: 'reference', reference: 'user', labels: labels('Owner'), default: 'me' }],
    layouts: { form: [{ labels: labels('Seminar'), fields: ['name', 'held_on', 'format', { field: 'room', condition: { '==': [{ var: 'format' }, 'on_site'] } }] }],
      list: ['name', 'held_on', 'format'], nav: ['mr', 'manager'] } };
  const role = async (name, access) => {
    const body = await bodyOf('roles', name);
    const { seminar: _, ...others } = body.objects;
    return { kind: 'roles', name, body: { ...body, objects: access === null ? others : { ...others, seminar: access } } };
  };
  const own = { read: 'own', create: 'own', update: 'own', delete: 'none', export: 'own' };
  const set = async (seminar, access) => [{ kind: 'objects', name: 'seminar', body: seminar }, await role('mr', access), await role('manager', access && { ...access, read: 'team' })];
  const publishSet = (definitions) => admin.expect(200, 'POST', '/api/v1/definition/publish', { body: { definitions, note: 'seminars' } });
  const wrong = { ...object, layouts: { ...object.layouts, nav: ['mr', 'boss'] } };
  const refused = await admin.refused(422, 'POST', '/api/v1/definition/publish', { body: { definitions: await set(wrong, own), note: '' } });
  assert.deepEqual(refused.errors.map(({ pointer, code }) => [pointer, code]), [['/definitions/0/body/layouts/nav', 'definition_unknown_word']]);

  await publishSet(await set(object, own));
  const { objects } = await mr.read('/api/v1/model');
  assert.deepEqual(objects.find((one) => one.object === 'seminar').layouts.nav, ['mr', 'manager']);
  const mine = await mr.create('seminar', { name: '心不全セミナー', held_on: '2027-02-01', format: 'online' });
  const others = await admin.create('seminar', { name: 'Other', format: 'on_site', room: '3F' });
  assert.deepEqual((await mr.all('seminar')).map(({ id }) => id), [mine.id]);
  assert.deepEqual((await mr.all('seminar', { filter: JSON.stringify({ '==': [{ var: 'format' }, 'online'] }) })).map(({ id }) => id), [mine.id]);
  const exported = await mr.get('/api/v1/seminar/export?format=csv');
  assert.equal(exported.status, 200);
  assert.equal((await mr.read('/api/v1/search?q=心不全セミナー')).items.filter(({ object: of }) => of === 'seminar').length, 1);

  await publishSet(await set(null, null));
  await mr.refused(404, 'GET', `/api/v1/seminar/${mine.id}`);
  assert.equal((await mr.read('/api/v1/model')).objects.some((one) => one.object === 'seminar'), false);
  await publishSet(await set(object, own));
  assert.equal((await admin.read(`/api/v1/seminar/${others.id}`)).room, '3F', 'nothing that was entered is lost');
});

test('E15: everything that does not fit is refused at once, and nothing changes', async () => {
  const before = (await admin.read(path('roles', 'manager'))).version;
  const body = await bodyOf('roles', 'manager');
  const wrong = { ...body, role: 'boss' };
  assert.deepEqual(codes(await admin.refused(422, 'PUT', path('roles', 'manager'), { body: { body: wrong } })), ['definition_name_differs']);
  const worse = { ...body, objects: { ...body.objects, hpc: { read: 'all' }, hcp: { read: 'everything' } }, fields: { hcp: { hidden: ['no_such'] } } };
  const refused = await admin.refused(422, 'PUT', path('roles', 'manager'), { body: { body: worse } });
  assert.deepEqual(codes(refused).sort(), ['definition_role_scope', 'definition_unknown_field', 'definition_unknown_object']);
  assert.ok(refused.errors.every(({ pointer }) => pointer.startsWith('/body')));
  const { problems } = (await admin.expect(200, 'POST', path('roles', 'manager', '/check'), { body: { body: worse } })).body;
  assert.deepEqual(problems.map(({ code }) => code).sort(), codes(refused).sort());
  for (const [language, words] of [['ja', 'ください'], ['zh', '请']]) {
    const answer = await admin.send('PUT', path('roles', 'manager'), { body: { body: worse }, headers: { 'accept-language': language } });
    assert.ok(answer.body.errors.some(({ message }) => message.includes(words)), language);
  }
  // What others rest on cannot go.
  const hcp = await bodyOf('objects', 'hcp');
  const without = { ...hcp, fields: hcp.fields.filter(({ name }) => name !== 'next_action_due') };
  const rested = await admin.refused(422, 'PUT', path('objects', 'hcp'), { body: { body: without } });
  assert.ok(rested.errors.length > 0);
  await admin.refused(422, 'PUT', path('objects', 'hcp'), { body: { body: 'text' } });
  await admin.refused(422, 'PUT', path('roles', 'Bad Name'.replace(' ', '%20')), { body: { body: { role: 'Bad Name' } } });
  await admin.refused(404, 'PUT', path('things', 'x'), { body: { body: {} } });
  assert.equal((await admin.read(path('roles', 'manager'))).version, before);
});

test('E15: data in the way is named: values that repeat, choices in use, a type stored otherwise', async () => {
  await mr.create('hcp', { family_name: '同', department: '内科' });
  await mr.create('hcp', { family_name: '同じ', department: '内科' });
  const body = await bodyOf('objects', 'hcp');
  const edit = (name, change) => ({ ...body, fields: body.fields.map((each) => (each.name === name ? { ...each, ...change } : each)) });
  const repeated = await admin.refused(422, 'PUT', path('objects', 'hcp'), { body: { body: edit('department', { unique: true }) } });
  assert.deepEqual(codes(repeated), ['unique_on_data']);
  const typed = await admin.refused(422, 'PUT', path('objects', 'hcp'), { body: { body: edit('specialty', { type: 'integer', searchable: undefined, max_length: undefined }) } });
  assert.ok(codes(typed).includes('field_type_changed'), codes(typed).join());
  for (const name of ['information_form']) {
    const { choices } = body.fields.find((each) => each.name === name);
    const [{ code }] = choices;
    const held = { family_name: '使用中', [name]: code };
    await mr.create('hcp', held);
    const dropped = await admin.refused(422, 'PUT', path('objects', 'hcp'),
      { body: { body: edit(name, { choices: choices.filter((choice) => choice.code !== code) }) } });
    assert.ok(codes(dropped).includes('definition_choice_in_use'), codes(dropped).join());
    await publish('objects', 'hcp', edit(name, { choices: choices.map((choice) => (choice.code === code ? { ...choice, retired: true } : choice)) }));
    assert.deepEqual(codesOf(await mr.refused(422, 'POST', '/api/v1/hcp', { body: held })), { [`/${name}`]: 'choice_retired' });
  }
});

test('X10: nobody can lock everyone out', async () => {
  const body = await bodyOf('roles', 'admin');
  for (const right of ['configure', 'users']) {
    const refused = await admin.refused(422, 'PUT', path('roles', 'admin'), { body: { body: { ...body, may: body.may.filter((each) => each !== right) } } });
    assert.deepEqual(codes(refused), ['definition_locks_out']);
    assert.match(refused.detail, new RegExp(right));
  }
});

test('X10: a role that an administrator adds can be given to a user, and cannot go while somebody has it', async () => {
  const user = service.user('marketing1');
  await admin.refused(422, 'PATCH', `/api/v1/user/${user}`, { body: { role: 'trainee' } });
  await publish('roles', 'trainee', { role: 'trainee', labels: { en: 'Trainee', ja: '研修生', zh: '实习生' }, objects: { product: { read: 'all' } }, fields: {}, may: [] });
  const field = (await admin.read('/api/v1/model')).objects.find(({ object }) => object === 'user').fields.find(({ name }) => name === 'role');
  assert.equal(field.choices.find(({ code }) => code === 'trainee').labels.ja, '研修生');
  await admin.change('user', user, { role: 'trainee' });
  const trainee = service.as('marketing1');
  await trainee.read('/api/v1/product');
  await trainee.refused(403, 'GET', '/api/v1/hcp');
  const refused = await admin.refused(422, 'POST', path('roles', 'trainee', '/revert'), { body: { version: 0 } });
  assert.deepEqual(codes(refused), ['definition_choice_in_use']);
  await admin.change('user', user, { role: 'marketing' });
  await revert('roles', 'trainee');
  assert.equal((await admin.read(path('roles', 'trainee'))).origin, 'withdrawn');
});

test('X9: each publication is in the journal with before and after, for those with the right alone', async () => {
  await publish('templates', 'farewell', { template: 'farewell', subject: labels('a'), body: labels('b') }, 'なぜなら');
  let entries = [];
  const feed = async (client) => {
    const items = [];
    for (let since = 0; ;) {
      const page = await client.read('/api/v1/changes', { since });
      items.push(...page.items);
      if (page.next === since) return items;
      since = page.next;
    }
  };
  await until('the journal is sealed', async () => {
    entries = (await feed(admin)).filter(({ object, changes }) => object === 'definition' && changes['templates/farewell']);
    return entries.length > 0;
  });
  const [entry] = entries;
  assert.equal(entry.action, 'publish');
  assert.equal(entry.by, service.user('admin'));
  assert.equal(entry.changes['templates/farewell'].from, null);
  assert.equal(entry.changes['templates/farewell'].to.template, 'farewell');
  assert.deepEqual(entry.changes.version, { from: 0, to: 1 });
  assert.equal((await feed(mr)).some(({ object }) => object === 'definition'), false);
  assert.equal((await service.ondo(['verify', '--seal'])).code, 0);
});

test('X20: commands load what is published', async () => {
  await publish('objects', 'hcp', await withField('from_command'));
  await mr.create('hcp', { family_name: '命令', from_command: 'yes' });
  const file = join(service.home, 'hcp.csv');
  const { code, error } = await service.ondo(['export', 'hcp', file, '--filter', '{"==":[{"var":"from_command"},"yes"]}']);
  assert.equal(code, 0, error);
  assert.match(readFileSync(file, 'utf8'), /命令/);
  assert.equal((await service.ondo(['check'])).code, 0);
  assert.equal((await service.ondo(['tick'])).code, 0);
});

test('X20: publications that are repeated with their key happen once', async () => {
  const body = { body: { template: 'once', subject: labels('a'), body: labels('b') } };
  for (let i = 0; i < 2; i += 1) {
    await admin.expect(200, 'PUT', path('templates', 'once'), { body, headers: { 'idempotency-key': 'publish-once' } });
  }
  assert.equal((await admin.read(path('templates', 'once'))).version, 1);
});

test('X20: requests under way are not disturbed by publications', async () => {
  const role = await bodyOf('roles', 'inside_sales');
  let over = false;
  const statuses = [];
  const ask = async (index) => {
    while (!over) {
      const answer = index % 3 === 0 ? await mr.post('/api/v1/hcp', { family_name: `並行${index}` }) : await mr.get('/api/v1/hcp', { limit: 20 });
      statuses.push(answer.status);
    }
  };
  const askers = Array.from({ length: 50 }, (_, index) => ask(index));
  for (let round = 0; round < 12; round += 1) {
    await publish('roles', 'inside_sales', { ...role, labels: labels(`round ${round}`) });
    if (round % 4 === 0) await publish('objects', 'hcp', await withField(`round_${round}`, { indexed: true }));
  }
  over = true;
  await Promise.all(askers);
  assert.ok(statuses.length > 50);
  assert.deepEqual([...new Set(statuses)].sort(), [200, 201]);
  assert.doesNotMatch(service.child.log, /ERROR|Sanitizer/);
});

test('X20: a stream of events that was open before still tells, by the rights as they are now', async () => {
  const controller = new AbortController();
  const stream = await fetch(`${service.origin}/api/v1/events`, { headers: { authorization: `Bearer ${service.users.mr2.token}` }, signal: controller.signal });
  let heard = '';
  const reading = (async () => {
    try {
      for await (const part of stream.body) heard += Buffer.from(part).toString();
    } catch { /* it was ended */ }
  })();
  const body = await bodyOf('roles', 'mr');
  await publish('roles', 'mr', { ...body, objects: { ...body.objects, product: { read: 'none' } } });
  const secret = await admin.create('product', { name: '秘密' });
  const shown = await service.as('mr2').create('hcp', { family_name: '公開' });
  await until('an event', () => heard.includes(shown.id));
  assert.match(heard, /event: definitions\ndata: \{"generation":\d+\}/, 'pages are told to ask again what they may do');
  assert.equal(heard.includes(secret.id), false);
  controller.abort();
  await reading;
  await revert('roles', 'mr');
});

test('X20: killed while publishing, the definition and its tables are both there or neither', async () => {
  let acknowledged = (await admin.read(path('objects', 'hcp'))).version;
  for (let round = 0; round < 6; round += 1) {
    const body = await withField(`killed_${round}`, { indexed: true, searchable: true });
    const sending = admin.send('PUT', path('objects', 'hcp'), { body: { body } }).then(({ status }) => status, () => 0);
    await new Promise((done) => { setTimeout(done, Math.random() * 80); });
    await service.kill();
    const status = await sending;
    await service.start();
    const { version } = await admin.read(path('objects', 'hcp'));
    if (status === 200) assert.ok(version > acknowledged, 'what was acknowledged is there');
    acknowledged = version;
    const known = (await bodyOf('objects', 'hcp')).fields.some(({ name }) => name === `killed_${round}`);
    await admin.expect(known ? 200 : 422, 'GET', `/api/v1/hcp?killed_${round}=x`);
    await mr.create('hcp', { family_name: 'after', ...(known ? { [`killed_${round}`]: 'x' } : {}) });
  }
});

test('X20: what keeps the server from starting is taken back from the terminal', async () => {
  const rule = (name) => ({ rule: name, labels: labels(name), object: 'hcp', when: 'create', condition: { '==': [{ var: 'family_name' }, 'nobody'] },
    actions: [{ do: 'set', values: { next_action: 'x' } }] });
  await publish('rules', 'old_one', rule('old_one'));
  await publish('rules', 'old_two', rule('old_two'));
  const sound = await service.ondo(['definitions', 'revert', 'templates/no_such']);
  assert.equal(sound.code, 3, sound.error);
  await service.stop();
  // As after an update whose program no longer knows the field.
  service.sql(`UPDATE definition SET body = replace(body, 'next_action', 'gone_field') WHERE name LIKE 'old_%'`);
  await assert.rejects(service.start(), /old_one/);
  const listed = await service.ondo(['definitions']);
  assert.equal(listed.code, 0, listed.error);
  assert.match(listed.out, /rules\/old_one\t1\tpublished\t/);
  const first = await service.ondo(['definitions', 'revert', 'rules/old_one', '--note', 'not known any more']);
  assert.equal(first.code, 0, first.error);
  assert.match(first.error, /old_two/, 'what is still wrong is told');
  const second = await service.ondo(['definitions', 'revert', 'rules/old_two']);
  assert.equal(second.code, 0, second.error);
  assert.equal(second.error, '');
  await service.start();
  const back = await admin.read(path('rules', 'old_one'));
  assert.deepEqual([back.origin, back.version, back.note], ['withdrawn', 2, 'not known any more']);
  assert.equal((await service.ondo(['definitions', 'revert', 'nonsense'])).code, 2);
});

test('X20: another server on the same database follows within two seconds', { skip: KIND === 'sqlite' && 'SQLite has one server' }, async () => {
  const other = await serve(service.database, { home: service.home });
  const there = createClient(() => other.origin, { authorization: `Bearer ${service.users.mr1.token}` });
  const boss = createClient(() => other.origin, { authorization: `Bearer ${service.users.admin.token}` });
  await there.read('/api/v1/hcp', { limit: 1 });
  const body = await bodyOf('roles', 'mr');
  await publish('roles', 'mr', { ...body, objects: { ...body.objects, hcp: { read: 'none' } } });
  const began = Date.now();
  await until('the other server follows', async () => (await there.get('/api/v1/hcp')).status === 403);
  assert.ok(Date.now() - began < 2000, `after ${Date.now() - began} ms`);
  // And the other way round, from what the other one has loaded.
  await publish('roles', 'mr', body, 'back', boss);
  await until('this server follows', async () => (await mr.get('/api/v1/hcp')).status === 200);
  // Two that fit alone but not together: one removes the template that the other's rule names.
  await publish('templates', 'pair', { template: 'pair', subject: labels('a'), body: labels('b') });
  const rule = { rule: 'pair', labels: labels('Pair'), object: 'hcp', when: 'create', condition: { '==': [{ var: 'family_name' }, 'nobody'] },
    actions: [{ do: 'task', template: 'pair', owner: { me: [] }, due: { days: 1 }, values: {} }] };
  const answers = await Promise.all([
    boss.send('PUT', path('rules', 'pair'), { body: { body: rule } }),
    admin.send('POST', path('templates', 'pair', '/revert'), { body: { version: 0 } }),
  ]);
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 422]);
  await other.stop();
});
