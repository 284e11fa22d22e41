// Every type of field through the API: what is taken, how it comes back, and what is refused.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codesOf } from './client.mjs';
import { startService } from './harness.mjs';

const service = await startService();
const admin = service.as('admin');
const { id: hcp } = await admin.create('hcp', { family_name: 'Fields' });
const { id: other } = await admin.create('hcp', { family_name: 'Other' });
const { id: referral } = await admin.create('referral', { from_hcp: hcp, to_hcp: other });
const { id: view } = await admin.create('saved_view', { object: 'hcp', name: 'view' });
const { id: topic } = await admin.create('visit', { hcp, topics: [{ kind: 'need', text: 'x' }] })
  .then(async (visit) => (await admin.all('topic', { visit: visit.id }))[0]);
const { id: product } = await admin.create('product', { name: 'Ondomab' });
const { id: message } = await admin.create('message', { name: 'm', product });

const PLACES = {
  hcp: { object: 'hcp', id: hcp }, referral: { object: 'referral', id: referral }, saved_view: { object: 'saved_view', id: view },
  topic: { object: 'topic', id: topic }, message: { object: 'message', id: message }, product: { object: 'product', id: product },
};

/** [type, object, field, given, as it comes back (when it differs)] */
const TAKEN = [
  ['text', 'hcp', 'position', '部長 ❤ é'],
  ['text', 'hcp', 'position', '  trimmed  ', 'trimmed'],
  ['text', 'hcp', 'position', '', null],
  ['text', 'hcp', 'position', 'x'.repeat(200)],
  ['text', 'hcp', 'position', '𠮷'.repeat(200)],
  ['long_text', 'hcp', 'academic_interests', 'first line\nsecond line'],
  ['integer', 'topic', 'source_start', 0],
  ['integer', 'topic', 'source_start', 4096],
  ['integer', 'topic', 'source_start', Number.MAX_SAFE_INTEGER],
  ['decimal', 'referral', 'strength', 0.25],
  ['decimal', 'referral', 'strength', 1],
  ['boolean', 'hcp', 'kol', true],
  ['boolean', 'hcp', 'kol', false],
  ['date', 'hcp', 'next_action_due', '2028-02-29'],
  ['date', 'hcp', 'next_action_due', null],
  ['choice', 'hcp', 'temperature', 'prefers_competitor'],
  ['reference', 'hcp', 'owner', null],
  ['email', 'hcp', 'email', 'taro@example.com'],
  ['phone', 'hcp', 'phone', '+81 3-1234-5678'],
  ['tags', 'hcp', 'tags', ['COPD', '小児']],
  ['tags', 'hcp', 'tags', [], null],
  ['json', 'saved_view', 'filter', { and: [{ '==': [{ var: 'kol' }, true] }] }],
  ['json', 'saved_view', 'columns', ['title', 'temperature']],
  ['checked text', 'hcp', 'npi', '1234567893'],
];

/** [type, object, field, given, code] */
const REFUSED = [
  ['text', 'hcp', 'position', 5, 'not_text'],
  ['text', 'hcp', 'position', ['x'], 'not_text'],
  ['text', 'hcp', 'position', { a: 1 }, 'not_text'],
  ['text', 'hcp', 'position', 'x'.repeat(201), 'too_long'],
  ['text', 'hcp', 'position', 'one\ntwo', 'one_line'],
  ['text', 'hcp', 'position', 'bell\u0007', 'control_character'],
  ['long_text', 'hcp', 'academic_interests', 'x'.repeat(4001), 'too_long'],
  ['integer', 'topic', 'source_start', 1.5, 'not_integer'],
  ['integer', 'topic', 'source_start', '5', 'not_integer'],
  ['integer', 'topic', 'source_start', -1, 'below_minimum'],
  ['integer', 'topic', 'source_start', true, 'not_integer'],
  ['decimal', 'referral', 'strength', 1.01, 'above_maximum'],
  ['decimal', 'referral', 'strength', -0.5, 'below_minimum'],
  ['decimal', 'referral', 'strength', 'a half', 'not_number'],
  ['boolean', 'hcp', 'kol', 'true', 'not_boolean'],
  ['boolean', 'hcp', 'kol', 1, 'not_boolean'],
  ['date', 'hcp', 'next_action_due', '2026-02-29', 'not_date'],
  ['date', 'hcp', 'next_action_due', '2026-11-18T00:00:00Z', 'not_date'],
  ['date', 'hcp', 'next_action_due', 20261118, 'not_date'],
  ['choice', 'hcp', 'temperature', 'Neutral', 'choice_unknown'],
  ['choice', 'hcp', 'temperature', 3, 'not_text'],
  ['reference', 'hcp', 'primary_hco', 'the hospital', 'not_id'],
  ['reference', 'hcp', 'primary_hco', 7, 'not_id'],
  ['email', 'hcp', 'email', 'taro at example', 'email'],
  ['phone', 'hcp', 'phone', 'none', 'phone'],
  ['tags', 'hcp', 'tags', 'COPD', 'not_list'],
  ['tags', 'hcp', 'tags', [5], 'not_text'],
  ['tags', 'hcp', 'tags', ['a;b'], 'tag_separator'],
  ['checked text', 'hcp', 'npi', '1234567890', 'check_npi'],
];

for (const [type, name, field, given, back = given] of TAKEN) {
  test(`${type}: ${JSON.stringify(given).slice(0, 40)} is taken`, async () => {
    const { object, id } = PLACES[name];
    await admin.change(object, id, { [field]: given });
    assert.deepEqual((await admin.read(`/api/v1/${object}/${id}`))[field], back);
  });
}

for (const [type, name, field, given, code] of REFUSED) {
  test(`${type}: ${JSON.stringify(given).slice(0, 40)} is refused`, async () => {
    const { object, id } = PLACES[name];
    const before = await admin.read(`/api/v1/${object}/${id}`);
    const problem = await admin.refused(422, 'PATCH', `/api/v1/${object}/${id}`, { body: { [field]: given } });
    assert.equal(problem.errors[0].code, code);
    assert.ok(problem.errors[0].pointer.startsWith(`/${field}`), problem.errors[0].pointer);
    assert.deepEqual(await admin.read(`/api/v1/${object}/${id}`), before);
  });
}

test('instant: any offset is taken and comes back in UTC; what is no instant is refused', async () => {
  const visit = await admin.create('visit', { hcp, state: 'planned', planned_at: '2026-12-01T09:30:00+09:00' });
  assert.equal(visit.planned_at, '2026-12-01T00:30:00.000Z');
  for (const bad of ['2026-12-01', '2026-12-01T09:30:00', 'tomorrow', 5, '2026-13-01T00:00:00Z']) {
    const problem = await admin.refused(422, 'PATCH', `/api/v1/visit/${visit.id}`, { body: { planned_at: bad } });
    assert.equal(problem.errors[0].code, 'not_instant', String(bad));
  }
});

test('decimal: more places than the field has are rounded or refused, never kept half', async () => {
  const answer = await admin.send('PATCH', `/api/v1/referral/${referral}`, { body: { strength: 0.123456 } });
  const strength = (await admin.read(`/api/v1/referral/${referral}`)).strength;
  if (answer.status === 200) assert.equal(strength, 0.12);
  else assert.equal(answer.status, 422);
});

test('the model tells its texts in every language, or in the reader’s alone', async () => {
  const all = await admin.read('/api/v1/model');
  const { body: own } = await admin.expect(200, 'GET', '/api/v1/model?texts=reader', { headers: { 'accept-language': 'zh' } });
  const inChinese = (value) => {
    if (Array.isArray(value)) return value.map(inChinese);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) =>
      [name, ['labels', 'plural', 'help'].includes(name) ? { zh: part.zh } : inChinese(part)]));
  };
  assert.deepEqual(own.objects, inChinese(all.objects));
  assert.deepEqual(own.rules.find_cause, { zh: all.rules.find_cause.zh });
  assert.deepEqual(codesOf(await admin.refused(422, 'GET', '/api/v1/model?texts=mine')), { '/texts': 'definition_unknown_word' });
});

test('every choice of every scale of E1 is taken', async () => {
  const { objects } = await admin.read('/api/v1/model');
  const fields = objects.find((object) => object.object === 'hcp').fields.filter((field) => field.type === 'choice' && !field.system);
  assert.ok(fields.length >= 10);
  for (const field of fields) {
    for (const { code } of field.choices) assert.equal((await admin.change('hcp', hcp, { [field.name]: code }))[field.name], code);
  }
});
