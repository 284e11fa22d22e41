// Rules that act in the same save (E6, E7), and that a loop of rules is cut.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ROOT, startService } from './harness.mjs';

const service = await startService();
const admin = service.as('admin');
const readTemplate = (name) => JSON.parse(readFileSync(join(ROOT, `pharma/templates/${name}.json`), 'utf8'));

/** Who has the doctor, in which language they read, and when 18:00 on the seventh day and on the month's last day is for them. */
const OWNERS = [
  { login: 'mr1', lang: 'ja', title: '佐藤 花子', inSevenDays: '2026-11-25T09:00:00.000Z', monthEnd: '2026-11-30T09:00:00.000Z' },
  { login: 'mr2', lang: 'zh', title: '佐藤花子', inSevenDays: '2026-11-25T10:00:00.000Z', monthEnd: '2026-11-30T10:00:00.000Z' },
  { login: 'mr3', lang: 'en', title: 'Hanako Sato', inSevenDays: '2026-11-24T18:00:00.000Z', monthEnd: '2026-11-30T18:00:00.000Z' },
];
const SATO = { family_name: '佐藤', given_name: '花子', family_latin: 'Sato', given_latin: 'Hanako' };

const newDoctor = (owner, values = {}) => admin.create('hcp', { ...SATO, owner: service.user(owner), ...values });
const tasksOf = (hcp, rule) => admin.all('task', { hcp }).then((tasks) => tasks.filter((task) => task.source === `rule:${rule}`));
const E6 = 'rebuild_relationship';
const E7 = 'find_cause';

for (const { login, lang, title, inSevenDays, monthEnd } of OWNERS) {
  test(`E6: a visit that saw skepticism gives ${login} a task with the guidance in ${lang}, in the same save`, async () => {
    const { id: hco } = await admin.create('hco', { name: 'Hospital' });
    const { id: hcp } = await newDoctor(login, { temperature: 'favorable', primary_hco: hco });
    await service.as(login).create('visit', { hcp, temperature: 'skeptical' });
    const [task, ...others] = await tasksOf(hcp, E6);
    assert.equal(others.length, 0);
    const { subject, body } = readTemplate(E6);
    assert.equal(task.subject, subject[lang].replace('{title}', title));
    assert.equal(task.body, body[lang]);
    assert.deepEqual([task.owner, task.hcp, task.hco, task.state, task.due_at], [service.user(login), hcp, hco, 'open', inSevenDays]);
    assert.deepEqual((await service.as(login).all('task', { owner: 'me', hcp })).filter((item) => item.source === `rule:${E6}`).map((item) => item.id), [task.id], 'and reads it');
  });

  test(`E7: the sign "cooler" gives ${login} a task due on the month’s last day, in ${lang}`, async () => {
    const { id: hcp } = await newDoctor(login);
    const visit = await service.as(login).create('visit', { hcp, signs: ['cooler'] });
    const [task, ...others] = await tasksOf(hcp, E7);
    assert.equal(others.length, 0);
    const { subject, body } = readTemplate(E7);
    assert.equal(task.subject, subject[lang].replace('{hcp.title}', title));
    assert.equal(task.body, body[lang]);
    assert.deepEqual([task.owner, task.visit, task.due_at], [service.user(login), visit.id, monthEnd]);
  });
}

test('E6: once per change, not once per save', async () => {
  const { id: hcp } = await newDoctor('mr1', { temperature: 'neutral' });
  const steps = [
    [{ temperature: 'skeptical' }, 1], [{ position: '部長' }, 1], [{ temperature: 'skeptical' }, 1], [{ temperature: 'prefers_competitor' }, 2],
    [{ temperature: 'favorable' }, 2], [{ temperature: 'skeptical', position: '院長' }, 3], [{ temperature: null }, 3],
  ];
  for (const [change, expected] of steps) {
    await service.as('mr1').change('hcp', hcp, change);
    assert.equal((await tasksOf(hcp, E6)).length, expected, JSON.stringify(change));
  }
});

test('E6: the same visit saved again does not act again', async () => {
  const { id: hcp } = await newDoctor('mr1', { temperature: 'neutral' });
  const visit = await service.as('mr1').create('visit', { hcp, temperature: 'skeptical' });
  await service.as('mr1').change('visit', visit.id, { discussion: '詳細' });
  await service.as('mr1').change('visit', visit.id, { state: 'signed' });
  await service.as('mr1').create('visit', { hcp, temperature: 'skeptical' });
  assert.equal((await tasksOf(hcp, E6)).length, 1);
});

test('E6: whoever changes it, the task goes to the responsible representative in their language', async () => {
  const { id: hcp } = await newDoctor('mr2', { temperature: 'favorable' });
  await service.as('manager1', { 'accept-language': 'en' }).change('hcp', hcp, { temperature: 'prefers_competitor' });
  const [task] = await tasksOf(hcp, E6);
  assert.equal(task.owner, service.user('mr2'));
  assert.equal(task.body, readTemplate(E6).body.zh);
});

test('E6: no task where the condition does not hold', async () => {
  const better = await newDoctor('mr1', { temperature: 'skeptical' });
  assert.deepEqual(await tasksOf(better.id, E6), [], 'a first record is no change');
  await service.as('mr1').change('hcp', better.id, { temperature: 'neutral' });
  assert.deepEqual(await tasksOf(better.id, E6), []);
  const nobodys = await admin.create('hcp', { ...SATO, owner: null, temperature: 'favorable' });
  const ownerless = await admin.read(`/api/v1/hcp/${nobodys.id}`);
  if (ownerless.owner) await admin.change('hcp', nobodys.id, { owner: null });
  await admin.change('hcp', nobodys.id, { temperature: 'skeptical' });
  assert.deepEqual(await tasksOf(nobodys.id, E6), [], 'nobody is responsible');
  const hard = await newDoctor('mr1', { temperature: 'favorable' });
  await service.as('mr1').change('hcp', hard.id, { temperature: 'hard_to_meet' });
  assert.deepEqual(await tasksOf(hard.id, E6), []);
});

test('E7: each sighting once; other signs and clearing it wake nothing', async () => {
  const { id: hcp } = await newDoctor('mr1');
  const mr = service.as('mr1');
  await mr.create('visit', { hcp, signs: ['raised_competitor', 'suddenly_keen', 'sought_debate'] });
  assert.deepEqual(await tasksOf(hcp, E7), []);
  const sign = await mr.create('sign', { hcp, kind: 'cooler' });
  assert.equal((await tasksOf(hcp, E7)).length, 1);
  await mr.change('sign', sign.id, { cleared_at: '2026-11-18T07:00:00+09:00' });
  assert.equal((await tasksOf(hcp, E7)).length, 1);
  await mr.create('sign', { hcp, kind: 'cooler' });
  assert.equal((await tasksOf(hcp, E7)).length, 2);
});

test('E6 and E7: one visit can wake both', async () => {
  const { id: hcp } = await newDoctor('mr1', { temperature: 'enthusiastic' });
  await service.as('mr1').create('visit', { hcp, temperature: 'prefers_competitor', signs: ['cooler'] });
  assert.deepEqual([(await tasksOf(hcp, E6)).length, (await tasksOf(hcp, E7)).length], [1, 1]);
});

test('a rule is seen in the history as what it is', async () => {
  const { id: hcp } = await newDoctor('mr1', { temperature: 'neutral' });
  await service.as('mr1').change('hcp', hcp, { temperature: 'skeptical' });
  const [task] = await tasksOf(hcp, E6);
  const [made] = (await admin.read(`/api/v1/task/${task.id}/history`)).items;
  assert.deepEqual([made.action, made.via, made.by], ['create', 'rule', service.user('mr1')]);
});

// ---- Rules of an administrator's own ----

const folder = mkdtempSync(join(tmpdir(), 'ondo-business-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function writeRule(name, definition) {
  mkdirSync(join(folder, 'rules'), { recursive: true });
  const labels = { en: name, ja: name, zh: name };
  writeFileSync(join(folder, 'rules', `${name}.json`), JSON.stringify({ rule: name, labels, ...definition }));
}

test('E15: rules that wake each other are cut with 409, and nothing is saved', async () => {
  const flip = (from, to) => ({
    object: 'hcp', when: 'update', condition: { '==': [{ var: 'position' }, from] }, actions: [{ do: 'set', values: { position: to } }],
  });
  writeRule('ping', flip('ping', 'pong'));
  writeRule('pong', flip('pong', 'ping'));
  writeRule('stamp', {
    object: 'hcp', when: 'update', condition: { '==': [{ var: 'position' }, 'stamp'] }, actions: [{ do: 'set', values: { department: 'stamped' } }],
  });
  const own = await startService({ args: ['--business', folder] });
  const mr = own.as('mr1', { 'accept-language': 'en' });
  const doctor = await mr.create('hcp', { family_name: 'Loop' });
  const problem = await mr.refused(409, 'PATCH', `/api/v1/hcp/${doctor.id}`, { body: { position: 'ping', specialty: 'x' } });
  assert.equal(problem.errors[0].code, 'rule_loop');
  assert.match(problem.detail, /ping|pong/);
  assert.deepEqual(await mr.read(`/api/v1/hcp/${doctor.id}`), doctor);
  assert.equal((await mr.read(`/api/v1/hcp/${doctor.id}/history`)).items.length, 1);
  await mr.change('hcp', doctor.id, { position: 'stamp' });
  assert.equal((await mr.read(`/api/v1/hcp/${doctor.id}`)).department, 'stamped', 'a rule of one’s own acts');
});

test('E15: a rule that names what does not exist keeps the server from starting, and says where', async () => {
  writeRule('broken', { object: 'hcp', when: 'update', condition: { '==': [{ var: 'no_such_field' }, 1] }, actions: [{ do: 'set', values: { position: 'x' } }] });
  const { code, error } = await service.ondo(['check', '--business', folder]);
  assert.notEqual(code, 0);
  assert.match(error, /broken/);
  assert.match(error, /no_such_field/);
});

test('E15: errors in definitions are told in whole sentences, in the language of the terminal', async () => {
  const own = mkdtempSync(join(tmpdir(), 'ondo-business-'));
  mkdirSync(join(own, 'dashboards'));
  const widget = { name: 'w', labels: {}, form: 'bar', object: 'hcp', group: ['temperature'], measure: 'sum' };
  writeFileSync(join(own, 'dashboards', 'mine.json'), JSON.stringify({ dashboard: 'mine', labels: {}, roles: [], widgets: [widget] }));
  for (const [language, words] of [['C', /“sum” is no measure.*distinct/], ['ja_JP.UTF-8', /「sum」.*distinct/], ['zh_CN.UTF-8', /“sum”.*distinct/]]) {
    const { code, error } = await service.ondo(['check', '--business', own], { env: { LC_ALL: language } });
    assert.equal(code, 4);
    assert.match(error, /dashboards\/mine\.json#\/widgets\/0: /);
    assert.match(error, words);
  }
  rmSync(own, { recursive: true });
});

test('E15: a task’s rule has a name for people, in each language', async () => {
  const { rules } = await service.as('mr1').read('/api/v1/model');
  assert.deepEqual(Object.keys(rules.find_cause), ['en', 'ja', 'zh']);
  assert.match(rules.find_cause.ja, /先月より反応が薄くなった/);
});
