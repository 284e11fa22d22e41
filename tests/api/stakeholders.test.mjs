// Who decides at an institution: forms by kind of person (E1 to E4), what an institution's temperature is made of (E3).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codesOf } from './client.mjs';
import { startService } from './harness.mjs';

const service = await startService();
const mr = service.as('mr1');
const admin = service.as('admin');
const newDoctor = (values = {}) => mr.create('hcp', { family_name: '鈴木', given_name: '一郎', ...values });

async function tick(now) {
  const { code, error } = await service.ondo(['tick'], { now });
  assert.equal(code, 0, error);
}

const object = async (name, client = mr) => (await client.read('/api/v1/model')).objects.find((one) => one.object === name);

/** The names of the fields that a form asks of a record, decided here by the short list of kinds that the conditions name. */
function asked(form, kind) {
  const decide = (logic) => {
    if (logic === undefined) return true;
    const [[operator, [, value]]] = Object.entries(logic);
    if (operator === '==') return value === kind;
    if (operator === '!=') return value !== kind;
    assert.equal(operator, 'in');
    return value.includes(kind);
  };
  return form.filter((section) => decide(section.condition) && (section.when?.kind ?? [kind]).includes(kind))
    .flatMap((section) => section.fields).map((item) => (typeof item === 'string' ? { field: item } : item))
    .filter((item) => decide(item.condition)).map((item) => item.field);
}

test('E1, E2, E4: each kind of person is asked for what the document lists for it, and no more', async () => {
  const { layouts: { form } } = await object('hcp');
  const doctor = asked(form, 'doctor');
  for (const field of ['family_name', 'department', 'primary_hco', 'position', 'owner', 'former_owner', 'specialty', 'academic_interests', 'temperature',
    'prescribing', 'visit_preference', 'information_form', 'interest_areas', 'next_action', 'next_action_due', 'resonating_phrases']) assert.ok(doctor.includes(field), field);
  for (const field of ['influence_on_patients', 'cdtm_interest']) assert.ok(!doctor.includes(field), field);
  const pharmacist = asked(form, 'pharmacist');
  for (const field of ['family_name', 'primary_hco', 'position', 'temperature', 'influence_on_patients', 'influence_on_doctors', 'cdtm_interest', 'next_action',
    'next_action_due']) assert.ok(pharmacist.includes(field), field);
  for (const field of ['prescribing', 'specialty']) assert.ok(!pharmacist.includes(field), field);
  for (const kind of ['nurse', 'head_nurse', 'msw', 'other']) {
    const fields = asked(form, kind);
    assert.ok(fields.includes('influence_on_doctors') && fields.includes('influence_on_patients'));
    assert.ok(!fields.includes('cdtm_interest') && !fields.includes('prescribing'));
  }
});

test('E15: a field that the form does not ask of a person is not required of them', async () => {
  const address = '/api/v1/definition/objects/hcp';
  const { body } = await admin.read(address);
  const strict = structuredClone(body);
  Object.assign(strict.fields.find((field) => field.name === 'cdtm_interest'), { required: true });
  await admin.expect(200, 'PUT', address, { body: { body: strict, note: 'CDTM is needed' } });
  await newDoctor();
  const problem = await mr.refused(422, 'POST', '/api/v1/hcp', { body: { kind: 'pharmacist', family_name: '薬師' } });
  assert.deepEqual(codesOf(problem), { '/cdtm_interest': 'required' });
  const { id } = await mr.create('hcp', { kind: 'pharmacist', family_name: '薬師', cdtm_interest: 'high' });
  await mr.refused(422, 'PATCH', `/api/v1/hcp/${id}`, { body: { cdtm_interest: null } });
  await mr.change('hcp', id, { kind: 'doctor', cdtm_interest: null });
  await admin.expect(200, 'POST', `${address}/revert`, { body: { version: 0, note: 'back' } });
});

test('E15: a condition of a form is checked when it is published', async () => {
  const address = '/api/v1/definition/objects/hcp/check';
  const { body } = await admin.read('/api/v1/definition/objects/hcp');
  const check = async (condition) => {
    const changed = structuredClone(body);
    changed.layouts.form[0].fields.push({ field: 'tier', condition });
    const { body: { problems } } = await admin.expect(200, 'POST', address, { body: { body: changed } });
    return problems.map((problem) => problem.code);
  };
  assert.deepEqual(await check({ '==': [{ var: 'kind' }, 'doctor'] }), []);
  assert.deepEqual(await check({ '==': [{ var: 'primary_hco.kind' }, 'clinic'] }), ['definition_layout_condition']);
  assert.deepEqual(await check({ some: [{ var: 'sign' }, {}] }), ['definition_layout_condition']);
  assert.equal((await check({ '==': [{ var: 'kind' }, 'dentist'] })).length, 1);
  assert.equal((await check({ '==': [{ var: 'nonsense' }, 'doctor'] })).length, 1);
});

test('E3: an override bears who said it, when and until when, beside what the people say; the daily run ends it', async () => {
  const { id: hco } = await admin.create('hco', { name: '南病院' });
  await newDoctor({ temperature: 'favorable', primary_hco: hco, kol: true });
  await newDoctor({ temperature: 'hard_to_meet', influence_on_doctors: 'high', primary_hco: hco });
  const read = () => admin.read(`/api/v1/hco/${hco}`);
  assert.deepEqual([(await read()).temperature, (await read()).kol_count], ['favorable', 1], 'who is hard to meet says nothing of it');
  await mr.change('hco', hco, { temperature_override: 'neutral', temperature_reason: '採用が見送られた', temperature_override_until: '2026-11-30' });
  const said = await read();
  assert.deepEqual([said.temperature, said.temperature_derived, said.temperature_override_by], ['neutral', 'favorable', service.user('mr1')]);
  assert.match(said.temperature_override_at, /^2026-11-1/);
  await tick('2026-11-30T03:00:00Z');
  assert.equal((await read()).temperature, 'neutral', 'the last day counts');
  await tick('2026-12-01T03:00:00Z');
  const ended = await read();
  assert.deepEqual([ended.temperature, ended.temperature_override, ended.temperature_reason, ended.temperature_override_by], ['favorable', null, null, null]);
});


test('E3, E15: the formula is data: another weight or another minimum holds for all institutions at once', async () => {
  const { id: hco } = await admin.create('hco', { name: '西病院' });
  await newDoctor({ temperature: 'enthusiastic', influence_on_doctors: 'high', primary_hco: hco });
  await newDoctor({ temperature: 'skeptical', primary_hco: hco });
  const temperature = async () => (await admin.read(`/api/v1/hco/${hco}`)).temperature;
  assert.equal(await temperature(), 'favorable', '(5 × 3 + 2 × 1) / 4 = 4.25');
  const address = '/api/v1/definition/objects/hco';
  const { body } = await admin.read(address);
  const publish = async (change) => {
    const changed = structuredClone(body);
    Object.assign(changed.fields.find((field) => field.name === 'temperature_derived').rollup, change);
    await admin.expect(200, 'PUT', address, { body: { body: changed, note: 'another formula' } });
  };
  await publish({ weight: { field: 'influence_on_doctors', by: { high: 1 }, otherwise: 4 } });
  assert.equal(await temperature(), 'neutral', '(5 × 1 + 2 × 4) / 5 = 2.6');
  await publish({ minimum: 3 });
  assert.equal(await temperature(), null, 'two people are too few');
  await newDoctor({ temperature: 'enthusiastic', primary_hco: hco });
  assert.equal(await temperature(), 'favorable', '(5 × 3 + 2 + 5) / 5 = 4.4');
  await admin.expect(200, 'POST', `${address}/revert`, { body: { version: 0, note: 'back' } });
});
