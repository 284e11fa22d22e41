// Visit records: implicit needs (V1), the ten-minute rule (V5).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codesOf } from './client.mjs';
import { startService } from './harness.mjs';

const NOW = '2026-11-18T01:40:00Z';
const service = await startService({ now: NOW });
const mr = service.as('mr1');
const DAY = 86400000;
const daysAgo = (days) => new Date(Date.parse('2026-11-18T01:00:00Z') - days * DAY).toISOString();
const newDoctor = async () => (await mr.create('hcp', { family_name: '隐性', given_name: '需' })).id;
const visit = (hcp, days, values) => mr.create('visit', { hcp, held_at: daysAgo(days), ...values });
const needsOf = (hcp, more = {}) => mr.all('need', { hcp, ...more });

test('V1: asking twice about pharmacoeconomics suggests cost-control pressure, with the sentences, in three languages', async () => {
  const cases = [
    ['主任询问药物经济学评价。其他正常。', '再次问到药物经济学的数据'],
    ['費用対効果の資料を求められた。次回も訪問。', '薬剤経済の観点で質問あり'],
    ['Asked about cost-effectiveness. Busy day.', 'Wants pharmacoeconomics of the new label'],
  ];
  for (const [first, second] of cases) {
    const hcp = await newDoctor();
    const before = await visit(hcp, 30, { discussion: first });
    assert.deepEqual(await needsOf(hcp), [], 'once may mean nothing');
    const after = await visit(hcp, 2, { topics: [{ kind: 'question', text: second }] });
    const [need] = await needsOf(hcp);
    assert.deepEqual([need.kind, need.state, need.sentence, need.visit, need.source_count], ['cost_control', 'suggested', second, after.id, 2]);
    const sources = await mr.all('need_source', { need: need.id });
    assert.deepEqual(sources.map((source) => source.visit).sort(), [before.id, after.id].sort());
    assert.equal(sources.find((source) => source.visit === before.id).sentence, first.split(/[。.]/)[0]);
    assert.equal((await mr.read(`/api/v1/hcp/${hcp}`)).needs, null, 'a suggestion is no fact');
  }
});

test('V1: the document’s “反复询问” in one visit is enough', async () => {
  const hcp = await newDoctor();
  await visit(hcp, 1, { discussion: '客户对“药物经济学评价”的反复询问' });
  assert.deepEqual((await needsOf(hcp)).map(({ kind, state }) => [kind, state]), [['cost_control', 'suggested']]);
});

test('V1: accepted, it stands on the doctor for lists; rejected, the same cause does not suggest it again', async () => {
  const hcp = await newDoctor();
  await visit(hcp, 20, { discussion: '药物经济学' });
  await visit(hcp, 10, { discussion: '医保控费压力大' });
  const [need] = await needsOf(hcp);
  const accepted = await mr.change('need', need.id, { state: 'accepted' });
  assert.equal(accepted.decided_by, service.user('mr1'));
  assert.ok(accepted.decided_at);
  assert.deepEqual((await mr.read(`/api/v1/hcp/${hcp}`)).needs, ['cost_control']);
  const filter = { contains: [{ var: 'needs' }, 'cost_control'] };
  assert.ok((await mr.all('hcp', { filter })).some(({ id }) => id === hcp));
  await visit(hcp, 5, { discussion: '又谈到控费' });
  assert.equal((await needsOf(hcp)).length, 1, 'what is known is not suggested again');
  assert.equal((await mr.read(`/api/v1/need/${need.id}`)).source_count, 3, 'but rests on one visit more');

  await mr.change('need', need.id, { state: 'rejected' });
  assert.equal((await mr.read(`/api/v1/hcp/${hcp}`)).needs, null);
  const late = await visit(hcp, 4, { discussion: '提到药占比' });
  assert.equal((await needsOf(hcp)).length, 1, 'one new visit is not enough');
  await mr.change('visit', late.id, { discussion: '提到药占比与控费' });
  assert.equal((await needsOf(hcp)).length, 1);
  await visit(hcp, 3, { discussion: 'DRG改革后的费用负担' });
  const again = await needsOf(hcp, { state: 'suggested' });
  assert.equal(again.length, 1, 'two visits since then are a new cause');
  assert.equal(again[0].source_count, 2);
});

test('V1: plans and drafts suggest nothing; nobody suggests by hand; other people’s doctors stay theirs', async () => {
  const hcp = await newDoctor();
  await visit(hcp, 3, { state: 'draft', quick_note: '药物经济学?' });
  await visit(hcp, 2, { state: 'draft', quick_note: '控费?' });
  assert.deepEqual(await needsOf(hcp), []);
  const problem = await mr.refused(422, 'POST', '/api/v1/need', { body: { hcp, kind: 'safety', state: 'suggested' } });
  assert.deepEqual(codesOf(problem), { '/state': 'need_suggested' });
  await mr.create('need', { hcp, kind: 'safety', sentence: '担心低血糖风险' });
  assert.deepEqual((await mr.read(`/api/v1/hcp/${hcp}`)).needs, ['safety']);
  assert.deepEqual(await service.as('mr2').all('need', { hcp }), []);
});

test('V5: a quick note waits on the server as a draft, with what was entered, until it is completed', async () => {
  const hcp = await newDoctor();
  const draft = { note: '肾功能?', temperature: 'favorable' };
  const { id } = await mr.create('visit', { hcp, state: 'draft', quick_note: '肾功能?', draft });
  const kept = await mr.read(`/api/v1/visit/${id}`);
  assert.deepEqual([kept.state, kept.draft], ['draft', draft]);
  const drafts = async () => {
    const { widgets } = await mr.read('/api/v1/dashboard/mr_daily');
    const place = widgets.findIndex(({ name }) => name === 'drafts');
    assert.ok(place < widgets.findIndex(({ name }) => name === 'recommended_visits'), 'at the top of Today');
    assert.equal(widgets[place].quiet, true, 'nothing stands there while there is none');
    return widgets[place].items;
  };
  assert.ok((await drafts()).some((item) => item.id === id));
  const done = await mr.change('visit', id, { state: 'completed', topics: [{ kind: 'question', text: '肾功能' }] });
  assert.equal(done.draft, null);
  assert.ok(!(await drafts()).some((item) => item.id === id));
});

test('V5: ten minutes later it reminds its writer, once; not of what was completed, nor who turned it off', async () => {
  const hcp = await newDoctor();
  const mr2 = service.as('mr2');
  const theirs = (await mr2.create('hcp', { family_name: '静', given_name: '音' })).id;
  await mr2.expect(200, 'PATCH', '/api/v1/me', { body: { muted: ['draft'] } });
  const at = '2026-11-18T01:39:00Z';
  const waiting = await mr.create('visit', { hcp, state: 'draft', held_at: at, quick_note: '长期随访数据?' });
  const finished = await mr.create('visit', { hcp, state: 'draft', held_at: at, quick_note: 'x' });
  await mr2.create('visit', { hcp: theirs, state: 'draft', held_at: at, quick_note: 'y' });
  await mr.change('visit', finished.id, { state: 'completed' });
  const told = async (client) => (await client.all('notification', { kind: 'draft' })).map((one) => one.about_id);
  const tick = async (now) => assert.equal((await service.ondo(['tick'], { now })).code, 0);
  await tick('2026-11-18T01:45:00Z');
  assert.ok(!(await told(mr)).includes(waiting.id), 'not yet');
  await tick('2026-11-18T01:49:30Z');
  await tick('2026-11-18T01:55:00Z');
  const notices = await told(mr);
  assert.equal(notices.filter((id) => id === waiting.id).length, 1);
  assert.ok(!notices.includes(finished.id));
  assert.deepEqual(await told(mr2), []);
  const [notice] = (await mr.all('notification', { kind: 'draft' })).filter((one) => one.about_id === waiting.id);
  assert.match(notice.subject, /面会メモ/);
  assert.match(notice.body, /长期随访数据/);
});

test('V5: how long a draft may wait is a person’s own setting; without one the company’s ten minutes count', async () => {
  const hcp = await newDoctor();
  const problem = await mr.refused(422, 'PATCH', '/api/v1/me', { body: { draft_minutes: 0 } });
  assert.deepEqual(Object.keys(codesOf(problem)), ['/draft_minutes']);
  const { user } = (await mr.expect(200, 'PATCH', '/api/v1/me', { body: { draft_minutes: 30 } })).body;
  assert.equal(user.draft_minutes, 30);
  const { id } = await mr.create('visit', { hcp, state: 'draft', held_at: '2026-11-18T01:39:00Z', quick_note: '联合用药?' });
  const tick = async (now) => assert.equal((await service.ondo(['tick'], { now })).code, 0);
  const told = async () => (await mr.all('notification', { kind: 'draft' })).filter((one) => one.about_id === id).length;
  await tick('2026-11-18T01:56:00Z');
  assert.equal(await told(), 0, 'ten minutes are not theirs');
  await tick('2026-11-18T02:09:30Z');
  assert.equal(await told(), 1);
  await mr.expect(200, 'PATCH', '/api/v1/me', { body: { draft_minutes: null } });
  assert.deepEqual((await mr.read('/api/v1/me')).company, { draft_minutes: 10 }, 'so that one can read what the company does');
  const rule = structuredClone((await service.as('admin').read('/api/v1/definition/rules/draft_reminder')).body);
  rule.after.own = 'owner.favourite_colour';
  await service.as('admin').refused(422, 'PUT', '/api/v1/definition/rules/draft_reminder', { body: { body: rule } });
});

test('V6: the form follows from whom one visits; what it requires, the server requires; administrators design it', async () => {
  const admin = service.as('admin');
  const pharmacist = (await mr.create('hcp', { kind: 'pharmacist', family_name: '薬', given_name: '剤' })).id;
  const doctor = await newDoctor();
  const formOf = (hcp) => mr.read('/api/v1/form', { object: 'visit', hcp });
  assert.equal((await formOf(doctor)).form, 'visit_first', 'fewer than three contacts');
  for (const days of [3, 4, 5]) {
    await visit(doctor, days, { temperature: 'neutral' });
    await visit(pharmacist, days, { temperature: 'neutral' });
  }
  assert.equal((await formOf(pharmacist)).form, 'visit_pharmacist');
  const form = await formOf(doctor);
  assert.equal(form.form, 'visit_returning');
  assert.deepEqual(form.modules.map(({ module }) => module).sort(), ['basics', 'core', 'route'], 'the three modules of the document');
  for (const module of form.modules) assert.ok(module.label && module.aim, module.module);
  const required = form.modules.flatMap(({ asks }) => asks).filter((ask) => ask.required);
  assert.ok(required.length <= 5, 'a returning contact is logged with at most five required fields');

  const body = { hcp: doctor, form: 'visit_first', held_at: daysAgo(1), discussion: '亚组数据' };
  assert.deepEqual(codesOf(await mr.refused(422, 'POST', '/api/v1/visit', { body })), { '/temperature': 'required' });
  await mr.create('visit', { ...body, temperature: 'neutral' });
  await mr.create('visit', { ...body, form: 'visit_returning' });

  const { body: definition } = await admin.read('/api/v1/definition/forms/visit_returning');
  const tooMany = structuredClone(definition);
  tooMany.modules[0].asks = ['temperature', 'quick_note', 'discussion', 'tendency', 'channel', 'next_contact_on'].map((ask) => ({ ask, required: true }));
  const refused = await admin.refused(422, 'PUT', '/api/v1/definition/forms/visit_returning', { body: { body: tooMany } });
  assert.ok(refused.errors.some(({ code }) => code === 'definition_form_many'));
  const unknown = structuredClone(definition);
  unknown.modules[0].asks[0].ask = 'hcp.favourite_colour';
  await admin.refused(422, 'PUT', '/api/v1/definition/forms/visit_returning', { body: { body: unknown } });
  definition.modules[2].asks.push({ ask: 'hcp.specialty' });
  await admin.expect(200, 'PUT', '/api/v1/definition/forms/visit_returning', { body: { body: definition, note: '加专科' } });
  assert.ok((await formOf(doctor)).modules[2].asks.some(({ ask }) => ask === 'hcp.specialty'));
});

/* ---- Records of before ---- */

const tick = async (now) => assert.equal((await service.ondo(['tick'], { now })).code, 0);
/** As an older program left them: not looked through, promises not judged. */
const forget = () =>
  service.sql('DELETE FROM need_source; DELETE FROM need; UPDATE visit SET needs_read = NULL, vague_promise_count = 0; UPDATE promise SET clarity = NULL');

test('V1: records that were never looked through suggest their needs in the daily run, once', async () => {
  const [told, once, rejected] = [await newDoctor(), await newDoctor(), await newDoctor()];
  await visit(told, 40, { discussion: '主任询问药物经济学评价。' });
  await visit(told, 20, { topics: [{ kind: 'question', text: '医保控费怎么办' }] });
  await visit(once, 20, { discussion: '主任询问药物经济学评价。' });
  await visit(rejected, 30, { discussion: '药物经济学' });
  await visit(rejected, 20, { discussion: '控费' });
  forget();
  await tick('2026-11-18T03:00:00Z');
  const [need] = await needsOf(told);
  assert.deepEqual([need.kind, need.state, need.sentence, need.source_count], ['cost_control', 'suggested', '医保控费怎么办', 2]);
  assert.deepEqual(await needsOf(once), []);
  const [wrong] = await needsOf(rejected);
  await mr.change('need', wrong.id, { state: 'rejected' });
  await tick('2026-11-19T03:00:00Z');
  await tick('2026-11-20T03:00:00Z');
  assert.equal((await needsOf(told)).length, 1);
  assert.deepEqual((await needsOf(rejected)).map(({ state }) => state), ['rejected'], 'what was judged stays judged');
});

test('V18: an older vague promise is found by the daily run, and its visit’s score follows; versions stay', async () => {
  const hcp = await newDoctor();
  const due = '2026-11-21T10:30:00+09:00';
  const { id } = await visit(hcp, 3, { discussion: '约定提供资料', promises: [{ deliverable: '长期随访数据', due_at: due }] });
  const before = await mr.read(`/api/v1/visit/${id}`);
  assert.ok(before.quality_parts.includes('next'));
  service.sql("UPDATE promise SET deliverable = '后续跟进产品资料', clarity = NULL WHERE deliverable = '长期随访数据'");
  await tick('2026-11-18T04:00:00Z');
  const [promise] = await mr.all('promise', { visit: id });
  const after = await mr.read(`/api/v1/visit/${id}`);
  assert.deepEqual([promise.clarity, after.vague_promise_count, after.quality_parts?.includes('next') ?? false], ['vague', 1, false]);
  assert.equal(after.version, before.version);
});
