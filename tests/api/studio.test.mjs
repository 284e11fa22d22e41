// The Studio (E15): what an administrator designs in the page, asked of the API: a field that is at once everywhere, choices that are
// retired and merged, several definitions published together, and what a rule or a dashboard would do before it is let loose.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codesOf } from './client.mjs';
import { startService } from './harness.mjs';

const service = await startService();
const admin = service.as('admin');
const mr = service.as('mr1');

const path = (kind, name, more = '') => `/api/v1/definition/${kind}/${name}${more}`;
const bodyOf = async (kind, name) => (await admin.read(path(kind, name))).body;
const put = (kind, name, body, note = 'studio') => admin.expect(200, 'PUT', path(kind, name), { body: { body, note } }).then((answer) => answer.body);
const post = (address, body, client = admin) => client.expect(200, 'POST', address, { body }).then((answer) => answer.body);
const publishSet = (definitions, note = 'together') => post('/api/v1/definition/publish', { definitions, note });
const labels = (en, ja = en, zh = en) => ({ en, ja, zh });
const errorsOf = ({ errors }) => errors.map(({ pointer, code }) => `${pointer} ${code}`);
const withField = (body, field) => ({ ...body, fields: [...body.fields, field] });
const editField = (body, name, change) => ({ ...body, fields: body.fields.map((field) => (field.name === name ? { ...field, ...change } : field)) });

const CONFERENCE = {
  name: 'preferred_conference', type: 'choice', labels: labels('Preferred conference', '好きな学会', '偏好的学术会议'), indexed: true, help: labels('Where to meet', '会える場所', '见面的地方'),
  choices: [{ code: 'jcs', labels: labels('JCS', '日本循環器学会', '日本循环学会') }, { code: 'esc', labels: labels('ESC', '欧州心臓病学会', '欧洲心脏病学会') }],
};

test('E15: a field with choices that is added is at once in forms, lists, filters, API, OpenAPI, CSV, import, search and journal', async () => {
  const { id } = await mr.create('hcp', { family_name: '学会好き' });
  const hcp = await bodyOf('objects', 'hcp');
  const [section, ...rest] = hcp.layouts.form;
  const notes = { name: 'studio_words', type: 'text', max_length: 80, searchable: true, labels: labels('Words', '言葉', '词语') };
  const body = withField(withField(hcp, CONFERENCE), notes);
  body.layouts = { ...body.layouts, form: [{ ...section, fields: [...section.fields, 'preferred_conference', 'studio_words'] }, ...rest], list: [...body.layouts.list, 'preferred_conference'] };
  await put('objects', 'hcp', body, 'conferences');

  const model = (await mr.read('/api/v1/model')).objects.find(({ object }) => object === 'hcp');
  const field = model.fields.find(({ name }) => name === 'preferred_conference');
  assert.equal(field.labels.ja, '好きな学会');
  assert.deepEqual(field.choices.map(({ code }) => code), ['jcs', 'esc']);
  assert.ok(model.layouts.form[0].fields.includes('preferred_conference'), 'in the form');
  assert.ok(model.layouts.list.includes('preferred_conference'), 'in lists');

  await mr.change('hcp', id, { preferred_conference: 'jcs', studio_words: '循環器病棟' });
  assert.deepEqual(codesOf(await mr.refused(422, 'PATCH', `/api/v1/hcp/${id}`, { body: { preferred_conference: 'aha' } })), { '/preferred_conference': 'choice_unknown' });
  const filter = JSON.stringify({ '==': [{ var: 'preferred_conference' }, 'jcs'] });
  assert.deepEqual((await mr.all('hcp', { filter })).map((record) => record.id), [id], 'filtered');
  assert.deepEqual((await mr.all('hcp', { preferred_conference: 'jcs' })).map((record) => record.id), [id]);
  assert.deepEqual((await mr.all('hcp', { q: '循環器病棟' })).map((record) => record.id), [id], 'searched');
  assert.match((await mr.get('/api/v1/hcp/export', { fields: 'preferred_conference', format: 'csv' })).text, /jcs|日本循環器学会|JCS/, 'in CSV');
  const schema = (await mr.read('/api/openapi.json')).components.schemas.hcp.properties.preferred_conference;
  assert.ok(JSON.stringify(schema).includes('jcs'), 'in OpenAPI');
  const { items: [entry] } = await mr.read(`/api/v1/hcp/${id}/history`);
  assert.deepEqual(entry.changes.preferred_conference, { from: null, to: 'jcs' }, 'in the journal');
});

test('E15: a required field needs a default for the records that are there, and they take it', async () => {
  const { id } = await mr.create('hcp', { family_name: '既存' });
  const hcp = await bodyOf('objects', 'hcp');
  const field = { name: 'studio_segment', type: 'text', max_length: 20, required: true, labels: labels('Segment', '区分', '分层') };
  const refused = await admin.refused(422, 'PUT', path('objects', 'hcp'), { body: { body: withField(hcp, field) } });
  assert.deepEqual(errorsOf(refused), [`/body/fields/${hcp.fields.length}/required definition_required_new`]);
  await put('objects', 'hcp', withField(hcp, { ...field, default: 'B' }));
  assert.equal((await mr.read(`/api/v1/hcp/${id}`)).studio_segment, 'B');
  await mr.change('hcp', id, { family_name: '既存の人' });
  const now = await bodyOf('objects', 'hcp');
  const index = now.fields.findIndex(({ name }) => name === 'studio_words');
  const empty = await admin.refused(422, 'PUT', path('objects', 'hcp'), { body: { body: editField(now, 'studio_words', { required: true }) } });
  assert.deepEqual(errorsOf(empty), [`/body/fields/${index}/required definition_required_empty`]);
});

test('E15: a choice in use is not dropped, may be retired and still shows, and is merged in one change that can be undone', async () => {
  const made = [];
  for (const name of ['甲', '乙', '丙']) made.push((await mr.create('hcp', { family_name: name, preferred_conference: 'esc' })).id);
  const usage = () => admin.read(path('objects', 'hcp', '/usage'), { field: 'preferred_conference' });
  const counts = Object.fromEntries((await usage()).items.map(({ code, count }) => [code, count]));
  assert.equal(counts.esc, 3);
  const hcp = await bodyOf('objects', 'hcp');
  const index = hcp.fields.findIndex(({ name }) => name === 'preferred_conference');
  const dropped = await admin.refused(422, 'PUT', path('objects', 'hcp'), { body: { body: editField(hcp, 'preferred_conference', { choices: [CONFERENCE.choices[0]] }) } });
  assert.deepEqual(errorsOf(dropped), [`/body/fields/${index}/choices definition_choice_in_use`]);
  assert.match(dropped.detail, /3/);

  const tasks = (await admin.all('task')).length;
  const batch = await post(path('objects', 'hcp', '/merge'), { field: 'preferred_conference', from: 'esc', into: 'jcs', note: 'one congress' });
  assert.equal(batch.kind, 'merge');
  assert.equal(batch.status, 'done');
  assert.equal(batch.counts.changed, 3);
  for (const id of made) {
    const { items: [last] } = await mr.read(`/api/v1/hcp/${id}/history`);
    assert.deepEqual(last.changes, { preferred_conference: { from: 'esc', to: 'jcs' } });
    assert.equal(last.reason, 'one congress');
  }
  assert.equal((await admin.all('task')).length, tasks, 'no rule wakes');
  assert.equal((await bodyOf('objects', 'hcp')).fields[index].choices[1].retired, true);
  assert.deepEqual(codesOf(await mr.refused(422, 'PATCH', `/api/v1/hcp/${made[0]}`, { body: { preferred_conference: 'esc' } })), { '/preferred_conference': 'choice_retired' });

  const undone = await post(`/api/v1/batch/${batch.id}/undo`, {});
  assert.equal(undone.undo.reverted, 3);
  for (const id of made) assert.equal((await mr.read(`/api/v1/hcp/${id}`)).preferred_conference, 'esc', 'a retired choice is still shown');
  for (const wrong of [{ from: 'nope', into: 'jcs' }, { from: 'jcs', into: 'esc' }, { from: 'jcs', into: 'jcs' }]) {
    await admin.refused(422, 'POST', path('objects', 'hcp', '/merge'), { body: { field: 'preferred_conference', ...wrong } });
  }
  await admin.refused(422, 'POST', path('objects', 'hcp', '/merge'), { body: { field: 'family_name', from: 'a', into: 'b' } });
  await mr.refused(403, 'POST', path('objects', 'hcp', '/merge'), { body: { field: 'preferred_conference', from: 'jcs', into: 'esc' } });
});

test('E15: in a list of choices a retired one stays with its record while others come and go, and is merged without being there twice', async () => {
  const hcp = await bodyOf('objects', 'hcp');
  const interests = { name: 'studio_interests', type: 'choices', labels: labels('Interests', '関心', '关注'), choices: ['a', 'b', 'c'].map((code) => ({ code, labels: labels(code) })) };
  await put('objects', 'hcp', withField(hcp, interests));
  const { id } = await mr.create('hcp', { family_name: '関心', studio_interests: ['a', 'b'] });
  await put('objects', 'hcp', editField(await bodyOf('objects', 'hcp'), 'studio_interests', { choices: interests.choices.map((choice) => (choice.code === 'a' ? { ...choice, retired: true } : choice)) }));
  assert.deepEqual((await mr.change('hcp', id, { studio_interests: ['a', 'c'] })).studio_interests, ['a', 'c']);
  await mr.change('hcp', id, { studio_interests: ['a', 'b', 'c'] });
  await post(path('objects', 'hcp', '/merge'), { field: 'studio_interests', from: 'a', into: 'c' });
  assert.deepEqual((await mr.read(`/api/v1/hcp/${id}`)).studio_interests, ['b', 'c']);
  await mr.refused(422, 'PATCH', `/api/v1/hcp/${id}`, { body: { studio_interests: ['a', 'b'] } });
});

const TEMPLATE = { template: 'studio_rule', subject: labels('Ask {title}', '{title}に聞く', '询问{title}'), body: labels('Gently.', 'やさしく。', '请温和。') };
const RULE = {
  rule: 'studio_rule', labels: labels('Studio rule', 'スタジオのルール', '设计规则'), object: 'hcp', when: 'change',
  condition: { and: [{ changed: ['department'] }, { '==': [{ var: 'department' }, 'Alpha'] }] },
  actions: [{ do: 'task', template: 'studio_rule', owner: { var: 'owner' }, due: { days: 5 }, values: { hcp: { var: 'id' } } }],
};
const parts = (rule = RULE) => [{ kind: 'templates', name: 'studio_rule', body: TEMPLATE }, { kind: 'rules', name: 'studio_rule', body: rule }];
const previewRule = (rule, more = {}, client = admin) => post(path('rules', 'studio_rule', '/preview'), { definitions: parts(rule), ...more }, client);

test('E15: a rule on change is replayed on what was changed, and foretells what it then does', async () => {
  const before = (await previewRule(RULE)).count;
  const { id } = await mr.create('hcp', { family_name: '昇格', department: 'Beta' });
  await mr.change('hcp', id, { department: 'Alpha' });
  await mr.change('hcp', id, { department: 'Beta' });
  await mr.change('hcp', id, { department: 'Alpha' });
  await mr.create('hcp', { family_name: '最初から', department: 'Alpha' });
  const preview = await previewRule(RULE);
  assert.equal(preview.count - before, 3);
  assert.equal(preview.tasks, preview.count);
  assert.equal(preview.waiting, null);
  assert.equal(preview.by_day.length, 31);
  assert.equal(preview.by_day.reduce((sum, { count }) => sum + count, 0), preview.count);
  const [example] = preview.examples.filter((each) => each.id === id);
  assert.match(example.text, /^Ask |に聞く$|^询问/);
  assert.equal((await admin.read('/api/v1/definition', { kind: 'rules' })).items.some(({ name }) => name === 'studio_rule'), false, 'nothing is kept');

  await publishSet(parts(), 'both');
  await mr.change('hcp', id, { department: 'Gamma' });
  await mr.change('hcp', id, { department: 'Alpha' });
  assert.equal((await mr.all('task', { source: 'rule:studio_rule' })).length, 1);
  assert.equal((await previewRule(RULE)).count, preview.count + 1);

  await publishSet(parts({ ...RULE, off: true }), 'asleep');
  await mr.change('hcp', id, { department: 'Beta' });
  await mr.change('hcp', id, { department: 'Alpha' });
  assert.equal((await mr.all('task', { source: 'rule:studio_rule' })).length, 1, 'switched off');
  await mr.refused(403, 'POST', path('rules', 'studio_rule', '/preview'), { body: { definitions: parts() } });
});

test('E15: a daily rule is replayed day by day on the records as they were, and tells what waits for its next run', async () => {
  const rule = { ...RULE, when: 'daily', cause: ['last_visit_at'], condition: { and: [{ '==': [{ var: 'department' }, 'Studio'] }, { '>=': [{ days_since: [{ var: 'last_visit_at' }] }, 10] }] } };
  const day = 24 * 3600 * 1000;
  const now = Date.parse((await mr.create('hcp', { family_name: '時計' })).created_at);
  const ago = (days) => new Date(now - days * day).toISOString();
  const doctors = {};
  for (const name of ['recent', 'silent', 'never']) doctors[name] = (await mr.create('hcp', { family_name: name, department: 'Studio' })).id;
  await mr.create('visit', { hcp: doctors.recent, channel: 'in_person', held_at: ago(3) });
  await mr.create('visit', { hcp: doctors.silent, channel: 'in_person', held_at: ago(40) });
  const preview = await previewRule(rule);
  // All were entered just now, so that this morning is the first on which anything can have been found.
  assert.equal(preview.waiting, 1);
  assert.equal(preview.count, 1);
  assert.deepEqual(preview.examples.map(({ id }) => id), [doctors.silent]);
  const longer = await previewRule(rule, { days: 92 });
  assert.equal(longer.by_day.length, 93);
  await admin.refused(422, 'POST', path('rules', 'studio_rule', '/preview'), { body: { definitions: parts(rule), days: 1000 } });
});

test('E15: a rule that does not fit says where', async () => {
  const wrong = { ...RULE, condition: { '==': [{ var: 'nope' }, 1] }, actions: [{ do: 'task', template: 'none', owner: { var: 'owner' }, values: { nothing: 1 } }, { do: 'dance' }] };
  const { problems } = await post('/api/v1/definition/check', { definitions: parts({ ...RULE, actions: wrong.actions }) });
  assert.deepEqual(problems.map(({ pointer, code }) => `${pointer} ${code}`).sort(), [
    '/definitions/1/body/actions/0/template definition_unknown_template',
    '/definitions/1/body/actions/0/values/nothing definition_unknown_field',
    '/definitions/1/body/actions/1/do definition_unknown_action',
  ]);
  const condition = await post('/api/v1/definition/check', { definitions: parts({ ...RULE, condition: wrong.condition }) });
  assert.match(condition.problems[0].pointer, /^\/definitions\/1\/body\/condition/);
  const refused = await admin.refused(422, 'POST', path('rules', 'studio_rule', '/preview'), { body: { definitions: parts(wrong) } });
  assert.ok(refused.errors.every(({ pointer }) => pointer.startsWith('/definitions/1/body')));
});

test('E15: several definitions are published all or none, each as a version of its own', async () => {
  const dashboard = { dashboard: 'studio_board', labels: labels('Board'), roles: ['mr'], widgets: [{ name: 'by_tier', labels: labels('By tier'), form: 'bar', object: 'hcp', group: ['tier'], measure: 'count' }] };
  const bad = [{ kind: 'templates', name: 'studio_extra', body: { ...TEMPLATE, template: 'studio_extra' } }, { kind: 'dashboards', name: 'studio_board', body: { ...dashboard, widgets: [{ ...dashboard.widgets[0], group: ['nope'] }] } }];
  const refused = await admin.refused(422, 'POST', '/api/v1/definition/publish', { body: { definitions: bad } });
  assert.ok(refused.errors.every(({ pointer }) => pointer.startsWith('/definitions/1/body')), JSON.stringify(refused.errors));
  await admin.refused(404, 'GET', path('templates', 'studio_extra'));
  const twice = await admin.refused(422, 'POST', '/api/v1/definition/publish', { body: { definitions: [bad[0], bad[0]] } });
  assert.deepEqual(errorsOf(twice), ['/definitions/1/name definition_repeated']);
  const good = [bad[0], { kind: 'dashboards', name: 'studio_board', body: dashboard, version: 0 }];
  assert.deepEqual((await publishSet(good)).items.map(({ name, version }) => [name, version]), [['studio_extra', 1], ['studio_board', 1]]);
  const stale = await admin.refused(412, 'POST', '/api/v1/definition/publish', { body: { definitions: good } });
  assert.deepEqual(errorsOf(stale), ['/definitions/1 definition_stale']);
  assert.equal((await admin.read(path('templates', 'studio_extra'))).version, 1);
  assert.ok((await mr.read('/api/v1/dashboard')).items.some(({ name }) => name === 'studio_board'));

  const other = { ...dashboard, widgets: [{ ...dashboard.widgets[0], name: 'doctors', form: 'list', group: undefined, measure: undefined, fields: ['family_name'] }] };
  const preview = await post(path('dashboards', 'studio_board', '/preview'), { definitions: [{ kind: 'dashboards', name: 'studio_board', body: other }] });
  assert.equal(preview.widgets[0].name, 'doctors');
  assert.ok(preview.widgets[0].total > 0);
  const objects = await admin.refused(422, 'POST', path('dashboards', 'studio_board', '/preview'), { body: { definitions: [{ kind: 'objects', name: 'hcp', body: await bodyOf('objects', 'hcp') }] } });
  assert.deepEqual(errorsOf(objects), ['/definitions/0/kind definition_preview']);
});

test('E15: definitions leave as a file and come back from it, with a version and an entry in the journal each', async () => {
  const changed = await admin.expect(200, 'GET', '/api/v1/definition/export?changed=true');
  assert.match(changed.headers.get('content-disposition'), /attachment; filename="ondo-definitions.json"/);
  const names = changed.body.definitions.map(({ kind, name }) => `${kind}/${name}`);
  assert.ok(names.includes('objects/hcp') && names.includes('dashboards/studio_board') && !names.includes('objects/visit'), names.join());
  const all = (await admin.read('/api/v1/definition/export')).definitions;
  assert.ok(all.length > names.length);
  const { definitions: [one] } = await admin.read('/api/v1/definition/export', { kind: 'rules', name: 'studio_rule' });
  await admin.expect(200, 'POST', path('rules', 'studio_rule', '/revert'), { body: { version: 1, note: 'back' } });
  assert.equal((await bodyOf('rules', 'studio_rule')).off, undefined);
  await publishSet([one], 'from the file');
  assert.deepEqual(await bodyOf('rules', 'studio_rule'), one.body);
  assert.deepEqual((await post('/api/v1/definition/check', { definitions: all })).problems, []);
  const { versions } = await admin.read(path('rules', 'studio_rule'));
  assert.deepEqual(versions.map(({ note }) => note), ['from the file', 'back', 'asleep', 'both']);
  const { items } = await admin.read('/api/v1/journal', { object: 'definition', id: versions[0].id });
  assert.deepEqual(items.map(({ action, reason }) => [action, reason]), [['publish', 'from the file']]);
  const exported = await admin.read('/api/v1/journal', { object: 'definition', action: 'export' });
  assert.ok(exported.items.length >= 3);
  await mr.refused(403, 'GET', '/api/v1/definition/export');
  await admin.refused(422, 'GET', '/api/v1/definition/export?kind=things');
});
