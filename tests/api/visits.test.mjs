// Recording a visit: everything said at it in one request, and what follows from the temperature seen.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codesOf } from './client.mjs';
import { startService } from './harness.mjs';

const service = await startService();
const mr = service.as('mr1');
const admin = service.as('admin');
const newDoctor = (values = {}) => mr.create('hcp', { family_name: '鈴木', given_name: '一郎', ...values });
const readingsOf = (hcp) => mr.all('temperature_reading', { hcp, sort: 'at' }).catch(() => mr.all('temperature_reading', { hcp }));

test('a visit takes its children in one request, and gives them what they have in common', async () => {
  const { id: hco } = await admin.create('hco', { name: '西病院' });
  const { id: hcp } = await newDoctor({ primary_hco: hco });
  const { id: product } = await admin.create('product', { name: 'Ondomab' });
  const visit = await mr.create('visit', {
    hcp, channel: 'in_person', held_at: '2026-11-17T15:00:00+09:00', temperature: 'favorable', signs: ['cooler', { kind: 'sought_debate' }],
    memos: ['学会の話で盛り上がった', { kind: 'taboo', text: '価格の話は避ける' }], topics: [{ kind: 'question', text: '腎機能低下例では', product }],
    details: [{ product, reaction: 'positive' }], promises: [{ deliverable: '比較データ', due_at: '2026-11-20T18:00:00+09:00' }],
  });
  assert.equal(visit.state, 'completed');
  assert.equal(visit.owner, service.user('mr1'));
  assert.equal(visit.hco, hco, 'the doctor’s institution, unless another is given');
  const signs = await mr.all('sign', { visit: visit.id });
  assert.deepEqual(signs.map((sign) => sign.kind).toSorted(), ['cooler', 'sought_debate']);
  for (const sign of signs) {
    assert.equal(sign.hcp, hcp);
    assert.equal(sign.seen_at, '2026-11-17T06:00:00.000Z');
    assert.equal(sign.seen_by, service.user('mr1'));
  }
  const memos = await mr.all('memo', { visit: visit.id });
  assert.deepEqual(memos.map((memo) => [memo.kind, memo.text]).toSorted(), [['story', '学会の話で盛り上がった'], ['taboo', '価格の話は避ける']]);
  assert.ok(memos.every((memo) => memo.hcp === hcp && memo.by === service.user('mr1') && memo.at === visit.held_at));
  const [topic] = await mr.all('topic', { visit: visit.id });
  assert.deepEqual([topic.kind, topic.state, topic.product], ['question', 'open', product]);
  assert.equal((await mr.all('detail', { visit: visit.id }))[0].reaction, 'positive');
  const [promise] = await mr.all('promise', { visit: visit.id });
  assert.deepEqual([promise.hcp, promise.owner, promise.state, promise.due_at], [hcp, service.user('mr1'), 'open', '2026-11-20T09:00:00.000Z']);
});

test('a wrong child is refused with its place, and nothing at all is kept', async () => {
  const { id: hcp } = await newDoctor();
  const post = (body) => mr.refused(422, 'POST', '/api/v1/visit', { body: { hcp, ...body } });
  assert.deepEqual(codesOf(await post({ promises: [{ deliverable: 'x', due_at: '2026-11-20T18:00:00Z' }, { deliverable: 'y' }] })), { '/promises/1/due_at': 'required' });
  assert.deepEqual(codesOf(await post({ signs: ['warmer'] })), { '/signs/0/kind': 'choice_unknown' });
  assert.deepEqual(codesOf(await post({ topics: [{ kind: 'question', text: 'x', nonsense: 1 }] })), { '/topics/0/nonsense': 'unknown_field' });
  assert.deepEqual(codesOf(await post({ memos: 'one' })), { '/memos': 'array_expected' });
  assert.deepEqual(codesOf(await post({ memos: [5] })), { '/memos/0': 'object_expected' });
  assert.deepEqual(await mr.all('visit', { hcp }), []);
  assert.deepEqual(await mr.all('promise', { hcp }), []);
  assert.equal((await mr.read(`/api/v1/hcp/${hcp}`)).visit_count, 0);
});

test('children may be added by a later change of the visit', async () => {
  const { id: hcp } = await newDoctor();
  const visit = await mr.create('visit', { hcp });
  await mr.change('visit', visit.id, { topics: [{ kind: 'request', text: '文献' }] });
  assert.equal((await mr.all('topic', { visit: visit.id })).length, 1);
});

test('the doctor’s first, last and number of visits follow the visits that took place', async () => {
  const { id: hcp } = await newDoctor();
  const read = () => mr.read(`/api/v1/hcp/${hcp}`);
  const early = await mr.create('visit', { hcp, held_at: '2026-10-01T10:00:00+09:00' });
  await mr.create('visit', { hcp, held_at: '2026-11-01T10:00:00+09:00' });
  await mr.create('visit', { hcp, state: 'planned', planned_at: '2026-12-01T10:00:00+09:00' });
  const draft = await mr.create('visit', { hcp, state: 'draft', held_at: '2026-11-17T10:00:00+09:00' });
  assert.deepEqual([(await read()).visit_count, (await read()).last_visit_at, (await read()).first_contact_at], [2, '2026-11-01T01:00:00.000Z', '2026-10-01T01:00:00.000Z']);
  await mr.change('visit', draft.id, { state: 'completed' });
  assert.deepEqual([(await read()).visit_count, (await read()).last_visit_at], [3, '2026-11-17T01:00:00.000Z']);
  await mr.expect(204, 'DELETE', `/api/v1/visit/${early.id}`);
  assert.deepEqual([(await read()).visit_count, (await read()).first_contact_at], [2, '2026-11-01T01:00:00.000Z']);
});

test('a visit moved to another doctor leaves the first one’s figures', async () => {
  const [one, other] = [await newDoctor(), await newDoctor()];
  const visit = await mr.create('visit', { hcp: one.id, held_at: '2026-11-01T10:00:00+09:00' });
  const moved = await mr.send('PATCH', `/api/v1/visit/${visit.id}`, { body: { hcp: other.id } });
  if (moved.status === 422) return; // it need not be possible; where it is, both must be right
  assert.equal((await mr.read(`/api/v1/hcp/${one.id}`)).visit_count, 0);
  assert.equal((await mr.read(`/api/v1/hcp/${other.id}`)).visit_count, 1);
});

test('a visit that took place cannot lie in the future, and a signed one stays signed', async () => {
  const { id: hcp } = await newDoctor();
  assert.deepEqual(codesOf(await mr.refused(422, 'POST', '/api/v1/visit', { body: { hcp, held_at: '2026-11-19T10:00:00+09:00' } })), { '/held_at': 'visit_in_future' });
  const visit = await mr.create('visit', { hcp, state: 'signed' });
  assert.deepEqual(codesOf(await mr.refused(422, 'PATCH', `/api/v1/visit/${visit.id}`, { body: { state: 'draft' } })), { '/state': 'state_order' });
});

test('E1a: the temperature seen becomes the doctor’s, with a point on the curve', async () => {
  const { id: hcp } = await newDoctor();
  const visit = await mr.create('visit', { hcp, held_at: '2026-11-10T10:00:00+09:00', temperature: 'favorable' });
  const doctor = await mr.read(`/api/v1/hcp/${hcp}`);
  assert.deepEqual([doctor.temperature, doctor.temperature_previous, doctor.temperature_changed_at], ['favorable', null, '2026-11-10T01:00:00.000Z']);
  await mr.create('visit', { hcp, held_at: '2026-11-12T10:00:00+09:00', temperature: 'neutral' });
  await mr.change('hcp', hcp, { temperature: 'enthusiastic' }, { 'x-reason': 'said so at the congress' });
  const readings = (await readingsOf(hcp)).toSorted((a, b) => a.at.localeCompare(b.at));
  assert.deepEqual(readings.map((reading) => [reading.previous, reading.value]), [[null, 'favorable'], ['favorable', 'neutral'], ['neutral', 'enthusiastic']]);
  assert.deepEqual([readings[0].visit, readings[0].by, readings[0].at], [visit.id, service.user('mr1'), visit.held_at]);
  assert.equal(readings[2].visit, null);
  assert.equal(readings[2].reason, 'said so at the congress');
  assert.equal((await mr.read(`/api/v1/hcp/${hcp}`)).temperature_previous, 'neutral');
});

test('the same temperature seen again is a point on the curve and no change', async () => {
  const { id: hcp } = await newDoctor();
  await mr.create('visit', { hcp, held_at: '2026-11-10T10:00:00+09:00', temperature: 'neutral' });
  await mr.create('visit', { hcp, held_at: '2026-11-12T10:00:00+09:00', temperature: 'neutral' });
  assert.equal((await readingsOf(hcp)).length, 2);
  assert.equal((await mr.read(`/api/v1/hcp/${hcp}`)).temperature_changed_at, '2026-11-10T01:00:00.000Z');
});

test('a visit recorded late does not overwrite what was seen after it', async () => {
  const { id: hcp } = await newDoctor();
  await mr.create('visit', { hcp, held_at: '2026-11-12T10:00:00+09:00', temperature: 'favorable' });
  const late = await mr.create('visit', { hcp, held_at: '2026-11-05T10:00:00+09:00', temperature: 'skeptical' });
  const doctor = await mr.read(`/api/v1/hcp/${hcp}`);
  assert.deepEqual([doctor.temperature, doctor.temperature_changed_at], ['favorable', '2026-11-12T01:00:00.000Z']);
  const reading = (await readingsOf(hcp)).find((item) => item.visit === late.id);
  assert.deepEqual([reading.value, reading.at], ['skeptical', '2026-11-05T01:00:00.000Z']);
  assert.deepEqual(await mr.all('task', { hcp }), [], 'and wakes no rule');
});

test('a plan or a draft says nothing yet about the temperature', async () => {
  const { id: hcp } = await newDoctor({ temperature: 'favorable' });
  const draft = await mr.create('visit', { hcp, state: 'draft', temperature: 'neutral' });
  assert.equal((await mr.read(`/api/v1/hcp/${hcp}`)).temperature, 'favorable');
  await mr.change('visit', draft.id, { state: 'completed' });
  assert.equal((await mr.read(`/api/v1/hcp/${hcp}`)).temperature, 'neutral');
});

const RANKS = { enthusiastic: 5, favorable: 4, neutral: 3, skeptical: 2, prefers_competitor: 1, hard_to_meet: 0 };
const WEIGHTS = { high: 3, medium: 2, low: 1 };

/** What an institution's people say about it, counted here and not there. */
function derivedFrom(people) {
  const weight = (person) => WEIGHTS[person.influence_on_doctors] ?? 1;
  const total = people.reduce((sum, person) => sum + weight(person), 0);
  const mean = people.reduce((sum, person) => sum + RANKS[person.temperature] * weight(person), 0) / total;
  return Object.keys(RANKS).toSorted((a, b) => Math.abs(RANKS[a] - mean) - Math.abs(RANKS[b] - mean))[0];
}

test('E3: an institution’s temperature derives from its people, the influential ones counting more', async () => {
  const { id: hco } = await admin.create('hco', { name: '東病院' });
  const temperature = async () => (await admin.read(`/api/v1/hco/${hco}`)).temperature;
  assert.equal(await temperature(), null);
  const people = [{ temperature: 'enthusiastic', influence_on_doctors: 'high' }, { temperature: 'skeptical', influence_on_doctors: 'low' }, { temperature: 'neutral' }];
  const doctors = [];
  for (const person of people) doctors.push(await newDoctor({ ...person, primary_hco: hco }));
  assert.equal(await temperature(), derivedFrom(people));
  await mr.change('hcp', doctors[0].id, { temperature: 'prefers_competitor' });
  people[0].temperature = 'prefers_competitor';
  assert.equal(await temperature(), derivedFrom(people));
  await mr.change('hcp', doctors[0].id, { primary_hco: null });
  assert.equal(await temperature(), derivedFrom(people.slice(1)));
  await mr.change('hcp', doctors[1].id, { influence_on_doctors: 'high' });
  people[1].influence_on_doctors = 'high';
  assert.equal(await temperature(), derivedFrom(people.slice(1)));
  for (const doctor of doctors.slice(1)) await admin.expect(204, 'DELETE', `/api/v1/hcp/${doctor.id}`);
  assert.equal(await temperature(), null);
});

test('E3: a person may override it with a reason, and take that back', async () => {
  const { id: hco } = await admin.create('hco', { name: '北病院' });
  await newDoctor({ temperature: 'favorable', primary_hco: hco });
  const temperature = async () => (await admin.read(`/api/v1/hco/${hco}`)).temperature;
  await mr.change('hco', hco, { temperature_override: 'skeptical', temperature_reason: '院長が交代した' });
  assert.equal(await temperature(), 'skeptical');
  await newDoctor({ temperature: 'enthusiastic', primary_hco: hco });
  assert.equal(await temperature(), 'skeptical', 'it holds whatever the people say');
  await mr.change('hco', hco, { temperature_override: null, temperature_reason: null });
  assert.equal(await temperature(), derivedFrom([{ temperature: 'favorable' }, { temperature: 'enthusiastic' }]));
  const problem = await mr.refused(422, 'PATCH', `/api/v1/hco/${hco}`, { body: { temperature: 'neutral' } });
  assert.deepEqual(codesOf(problem), { '/temperature': 'read_only' });
});

test('E1a: a visit in the minute in which the doctor was entered is what was seen last', async () => {
  const { id: hcp } = await newDoctor({ temperature: 'neutral' });
  const { temperature_changed_at: entered } = await mr.read(`/api/v1/hcp/${hcp}`);
  await mr.create('visit', { hcp, temperature: 'skeptical', held_at: entered.replace(/:\d\d\.\d+Z$/, ':00Z') });
  assert.equal((await mr.read(`/api/v1/hcp/${hcp}`)).temperature, 'skeptical');
});

test('E9: a doctor who changes hands keeps who had them, how they were, and gets a handover', async () => {
  const { id: hcp } = await newDoctor({ temperature: 'favorable' });
  await service.as('manager1').change('hcp', hcp, { owner: service.user('mr2') });
  const doctor = await service.as('mr2').read(`/api/v1/hcp/${hcp}`);
  assert.deepEqual([doctor.owner, doctor.former_owner, doctor.temperature_at_reassignment], [service.user('mr2'), service.user('mr1'), 'favorable']);
  assert.match(doctor.owner_changed_at, /^2026-11-17T23:/);
  const [handover] = await service.as('mr2').all('handover', { hcp });
  assert.deepEqual([handover.from_user, handover.to_user, handover.memo_complete, handover.read_at], [service.user('mr1'), service.user('mr2'), false, null]);
  await mr.refused(404, 'GET', `/api/v1/hcp/${hcp}`);
});
