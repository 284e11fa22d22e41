// Who decides at an institution: forms by kind of person (E1 to E4), its temperature and what it is made of (E3), the map of its people
// (E4, S12), its drug committees (E10, E14).
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
    const [[operator, inside]] = Object.entries(logic);
    if (operator === 'and') return inside.every(decide);
    const [tested, value] = inside;
    if (tested.var !== 'kind') return true; // a condition on other answers: asked for in time
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


test('E3: a reason or a last day without an override is refused, not forgotten', async () => {
  const { id: hco } = await admin.create('hco', { name: '中病院' });
  for (const [field, value] of [['temperature_reason', '院長が交代した'], ['temperature_override_until', '2026-12-31']]) {
    assert.deepEqual(codesOf(await mr.refused(422, 'PATCH', `/api/v1/hco/${hco}`, { body: { [field]: value } })), { [`/${field}`]: 'override_missing' });
  }
  await admin.refused(422, 'POST', '/api/v1/hco', { body: { name: '下病院', temperature_reason: '理由だけ' } });
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

const mapOf = (hco, client = mr, query = {}) => client.read(`/api/v1/hco/${hco}/map`, query);
const affiliate = (hcp, hco, values, client = mr) => client.create('affiliation', { hcp, hco, ...values });

test('E3: the temperature is told with its formula, and its parts add up to it', async () => {
  const { id: hco } = await admin.create('hco', { name: '山手病院' });
  const keen = await newDoctor({ temperature: 'enthusiastic', influence_on_doctors: 'high', primary_hco: hco });
  const cold = await newDoctor({ temperature: 'prefers_competitor', primary_hco: hco });
  await newDoctor({ temperature: 'hard_to_meet', influence_on_doctors: 'high', primary_hco: hco });
  await newDoctor({ primary_hco: hco });
  await service.as('mr2').create('hcp', { family_name: '他', temperature: 'neutral', influence_on_doctors: 'medium', primary_hco: hco });
  const { temperature } = await mapOf(hco);
  const { weights } = temperature.formula;
  assert.deepEqual(Object.fromEntries(weights.map(({ code, weight }) => [code, weight])), { high: 3, medium: 2, low: 1 });
  assert.deepEqual([temperature.formula.otherwise, temperature.formula.left_out, temperature.formula.minimum], [1, ['hard_to_meet'], 1]);
  const parts = Object.fromEntries(temperature.parts.map((part) => [part.hcp, part]));
  assert.deepEqual([parts[keen.id].weight, parts[keen.id].share, parts[cold.id].weight], [3, 0.5, 1]);
  assert.equal(temperature.parts.length, 3, 'who is hard to meet stands there without weight, who is unknown does not');
  assert.deepEqual([temperature.hidden.count, temperature.known], [1, 3]);
  const shares = temperature.parts.reduce((sum, part) => sum + part.share, temperature.hidden.share);
  assert.ok(Math.abs(shares - 1) < 1e-9, String(shares));
  assert.ok(Math.abs(temperature.mean - (5 * 3 + 1 + 3 * 2) / 6) < 1e-9);
  assert.deepEqual([temperature.value, temperature.derived, temperature.override], ['favorable', 'favorable', null]);
  await mr.change('hco', hco, { temperature_override: 'skeptical', temperature_reason: '採用が止まった' });
  const said = (await mapOf(hco)).temperature;
  assert.deepEqual([said.value, said.derived, said.override.value, said.override.reason], ['skeptical', 'favorable', 'skeptical', '採用が止まった']);
  assert.ok(said.override.by_name && said.override.at);
});

test('E4: the map shows people by role, who covers them and when they were met, and marks the gaps', async () => {
  const { id: hco } = await admin.create('hco', { name: '港病院' });
  const decider = await newDoctor({ family_name: '決', primary_hco: hco, temperature: 'favorable' });
  const member = await newDoctor({ family_name: '委', influence_on_doctors: 'low' });
  const user = await mr.create('hcp', { kind: 'nurse', family_name: '看', primary_hco: hco });
  await affiliate(decider.id, hco, { decision_role: 'decider' });
  await affiliate(member.id, hco, { decision_role: 'committee_member', influence: 'high', stance: 'undecided' });
  await affiliate(user.id, hco, { decision_role: 'user' });
  await mr.create('visit', { hcp: member.id, held_at: '2026-08-01T10:00:00+09:00' });
  const map = await mapOf(hco);
  assert.deepEqual(map.roles.map(({ role, people, gap }) => [role, people, gap]),
    [['user', 1, false], ['gatekeeper', 0, true], ['influencer', 0, true], ['committee_member', 1, false], ['decider', 1, false]]);
  const find = (id) => map.people.find((one) => one.id === id);
  assert.deepEqual([find(member.id).influence, find(member.id).stance, find(member.id).main], ['high', 'undecided', false]);
  assert.deepEqual(find(decider.id).marks, ['never_contacted']);
  assert.deepEqual(find(member.id).marks, ['not_contacted', 'temperature_unknown']);
  assert.deepEqual(find(user.id).marks, ['temperature_unknown'], 'a nurse without particular influence need not be met');
  assert.ok(find(user.id).owner_name);
  await admin.change('hcp', user.id, { owner: null });
  assert.ok((await mapOf(hco, admin)).people.find((one) => one.id === user.id).marks.includes('nobody_covers'));
});

test('E4: each person is shown by the reader’s rights; the others are counted and fill their roles', async () => {
  const { id: hco } = await admin.create('hco', { name: '丘病院' });
  const theirs = await service.as('mr2').create('hcp', { family_name: '秘密', primary_hco: hco, temperature: 'skeptical' });
  await affiliate(theirs.id, hco, { decision_role: 'gatekeeper' }, service.as('mr2'));
  const map = await mapOf(hco);
  assert.deepEqual([map.people, map.hidden], [[], 1]);
  assert.equal(map.roles.find(({ role }) => role === 'gatekeeper').gap, false);
  assert.ok(!JSON.stringify(map).includes('秘密') && !JSON.stringify(map).includes(theirs.id));
  assert.equal((await mapOf(hco, service.as('mr2'))).people.length, 1);
  const ended = await newDoctor();
  await affiliate(ended.id, hco, { decision_role: 'user', to: '2026-01-31' });
  assert.equal((await mapOf(hco)).people.length, 0, 'who has left is no longer there');
});

test('S12: each role has its guidance in three languages, and an institution may say otherwise', async () => {
  const { id: hco } = await admin.create('hco', { name: '森病院' });
  const guidance = async (client) => (await mapOf(hco, client)).roles.map((role) => role.guidance);
  const texts = await Promise.all(['mr1', 'mr2', 'mr3'].map((login) => guidance(service.as(login))));
  for (const list of texts) assert.ok(list.every((text) => text.length > 30) && new Set(list).size === 5);
  assert.equal(new Set(texts.flat()).size, 15, 'three languages');
  const step = await mr.create('decision_step', { hco, decision_role: 'decider', strategy: '院長には費用から話す' });
  const map = await mapOf(hco);
  const decider = map.roles.find(({ role }) => role === 'decider');
  assert.deepEqual([decider.strategy, decider.step, decider.version], ['院長には費用から話す', step.id, 1]);
  assert.ok(decider.guidance);
  assert.deepEqual([map.path, map.roles.every((role) => role.on_path)], ['general', true], 'a note changes no path');
  const { id: product } = await admin.create('product', { name: 'Ondofen' });
  const ofProduct = (await mapOf(hco, mr, { product })).roles.find(({ role }) => role === 'decider');
  assert.deepEqual([ofProduct.strategy, ofProduct.step], ['院長には費用から話す', null], 'what holds here holds for the product');
});

test('E4: a decision goes its way: of the product, else of the institution, else as roles are ordered', async () => {
  const { id: hco } = await admin.create('hco', { name: '川病院' });
  const { id: product } = await admin.create('product', { name: 'Ondozumab' });
  const way = async (query) => {
    const map = await mapOf(hco, mr, query);
    return [map.path, map.roles.filter((role) => role.on_path).map((role) => role.role)];
  };
  assert.deepEqual(await way(), ['general', ['user', 'gatekeeper', 'influencer', 'committee_member', 'decider']]);
  const set = (roles, query = '') => mr.expect(200, 'PUT', `/api/v1/hco/${hco}/path${query}`, { body: { roles } });
  await set(['influencer', 'decider']);
  assert.deepEqual(await way({ product }), ['institution', ['influencer', 'decider']]);
  await set(['decider', 'committee_member'], `?product=${product}`);
  assert.deepEqual(await way({ product }), ['product', ['decider', 'committee_member']]);
  await set(['committee_member', 'decider'], `?product=${product}`);
  assert.deepEqual(await way({ product }), ['product', ['committee_member', 'decider']]);
  assert.deepEqual(await way(), ['institution', ['influencer', 'decider']], 'the product’s path is its own');
  assert.equal((await mr.all('decision_step', { hco })).length, 4);
  await mr.refused(422, 'PUT', `/api/v1/hco/${hco}/path`, { body: { roles: ['decider', 'nobody'] } });
  await mr.refused(422, 'PUT', `/api/v1/hco/${hco}/path`, { body: { roles: ['decider', 'decider'] } });
  await service.as('msl1').refused(403, 'PUT', `/api/v1/hco/${hco}/path`, { body: { roles: ['decider', 'user'] } });
  const map = await mapOf(hco, mr, { product });
  assert.ok(map.roles.filter((role) => !role.on_path).every((role) => !role.gap), 'roles off the way are no gaps');
  await mr.refused(422, 'GET', `/api/v1/hco/${hco}/map?product=x`);
});

const board = (query = {}, client = mr) => client.read('/api/v1/committee-board', query);
const meetingsOf = (hco) => admin.all('committee', { hco, sort: 'held_on' });

test('E10: the next date is a meeting: it moves while it lies ahead, and waits for its outcome once it has been', async () => {
  const { id: hco } = await admin.create('hco', { name: '谷病院', next_committee_on: '2026-11-30' });
  const states = async () => (await meetingsOf(hco)).map(({ held_on, state }) => [held_on, state]);
  assert.deepEqual(await states(), [['2026-11-30', 'planned']]);
  await mr.change('hco', hco, { next_committee_on: '2026-12-01' });
  assert.deepEqual(await states(), [['2026-12-01', 'planned']]);
  await mr.change('hco', hco, { next_committee_on: null });
  assert.deepEqual(await states(), [['2026-12-01', 'cancelled']]);
  await mr.change('hco', hco, { next_committee_on: '2026-12-01' });
  assert.deepEqual(await states(), [['2026-12-01', 'planned']]);
  await mr.change('hco', hco, { next_committee_on: '2026-11-02' });
  await mr.change('hco', hco, { next_committee_on: '2026-12-20' });
  assert.deepEqual(await states(), [['2026-11-02', 'planned'], ['2026-12-20', 'planned']], 'what has been is kept');
});

test('E14: outcome and review of a meeting bear who recorded them; none before it has met', async () => {
  const { id: hco } = await admin.create('hco', { name: '峰病院', next_committee_on: '2026-11-10' });
  const [past] = await meetingsOf(hco);
  await mr.change('hco', hco, { next_committee_on: '2026-12-10' });
  const [, ahead] = await meetingsOf(hco);
  assert.deepEqual(codesOf(await mr.refused(422, 'PATCH', `/api/v1/committee/${ahead.id}`, { body: { outcome: 'adopted' } })), { '/outcome': 'outcome_early' });
  const held = await mr.change('committee', past.id, { outcome: 'deferred', review: '安全性データの追加が必要' });
  assert.deepEqual([held.state, held.outcome, held.reviewed_by], ['held', 'deferred', service.user('mr1')]);
  assert.ok(held.reviewed_at);
  const stages = (await board()).items.filter((item) => item.hco.id === hco).map((item) => [item.held_on, item.stage]);
  assert.deepEqual(stages, [['2026-11-10', 'decided'], ['2026-12-10', 'ahead']]);
});

test('E10, E14: the board counts down, and tells plan, members, stance and who was met since the plan', async () => {
  const { id: hco } = await admin.create('hco', { name: '沢病院', owner: service.user('mr1'), next_committee_on: '2026-12-08' });
  const member = await newDoctor({ primary_hco: hco });
  const other = await newDoctor({ primary_hco: hco });
  const bystander = await newDoctor({ primary_hco: hco });
  const theirs = await service.as('mr2').create('hcp', { family_name: '他', primary_hco: hco });
  await affiliate(member.id, hco, { decision_role: 'committee_member', stance: 'in_favour', influence: 'high' });
  await affiliate(other.id, hco, { decision_role: 'decider', stance: 'against' });
  await affiliate(bystander.id, hco, { decision_role: 'user' });
  await affiliate(theirs.id, hco, { decision_role: 'committee_member' }, service.as('mr2'));
  await mr.create('visit', { hcp: other.id, held_at: '2026-10-01T10:00:00+09:00' });
  const item = async (client = mr) => (await board({}, client)).items.find((one) => one.hco.id === hco);
  const before = await item();
  assert.deepEqual([before.days, before.stage, before.plan, before.all, before.contacted, before.hidden], [20, 'ahead', null, 3, 0, 1]);
  await tick('2026-11-18T09:00:00+09:00');
  assert.ok((await item()).plan.task, 'the plan is made within the month before');
  assert.ok((await item(service.as('mr2'))).plan, 'also told to whom the task does not belong');
  await service.stop();
  await service.start({ now: '2026-11-21T12:00:00+09:00' });
  await mr.create('visit', { hcp: member.id, held_at: '2026-11-20T10:00:00+09:00' });
  const after = await item();
  assert.deepEqual([after.contacted, after.all, after.days], [1, 3, 17]);
  const told = after.members.find((one) => one.id === member.id);
  assert.deepEqual([told.contacted, told.stance, told.influence], [true, 'in_favour', 'high']);
  assert.deepEqual(after.members.map((one) => one.id).toSorted(), [member.id, other.id].toSorted());
});

test('E14: a manager’s board is the team’s institutions, a representative’s their own', async () => {
  const { id: mine } = await admin.create('hco', { name: '東', owner: service.user('mr1'), next_committee_on: '2026-12-05' });
  const { id: nobody } = await admin.create('hco', { name: '西', next_committee_on: '2026-12-05' });
  const ids = async (scope, client) => (await board({ scope }, client)).items.map((item) => item.hco.id);
  assert.ok((await ids('team', service.as('manager1'))).includes(mine));
  assert.ok(!(await ids('team', service.as('manager1'))).includes(nobody));
  assert.ok((await ids('all', service.as('manager1'))).includes(nobody));
  assert.ok((await ids('own', mr)).includes(mine));
  assert.ok(!(await ids('own', service.as('mr2'))).includes(mine));
  assert.ok(!(await board({ days: 3 })).items.some((item) => item.hco.id === mine));
  await mr.refused(422, 'GET', '/api/v1/committee-board?scope=world');
  await mr.refused(422, 'GET', '/api/v1/committee-board?days=9999');
});
