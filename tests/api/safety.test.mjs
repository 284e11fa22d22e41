// Safety reports: clocks by market and seriousness as data, what is missing, who is told, what never goes away.
// The ids P01–P18 are those of the rules on safety, complaints and medical information.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codesOf } from './client.mjs';
import { NOW, startService } from './harness.mjs';

const service = await startService();
const admin = service.as('admin');
const mr = service.as('mr1');
const HOUR = 3600000;
const now = Date.parse(NOW);
const at = (hours) => new Date(now + hours * HOUR).toISOString();

const safety = service.as('safety1');
const { id: product } = await admin.create('product', { name: 'オンドX' });
const doctorOf = async (country, who = mr) => (await who.create('hcp', { family_name: '安全', given_name: country, country })).id;
const report = (values, who = mr) => who.create('safety_report', { kind: 'adverse_event', event: '投与後に発疹', ...values });
const clocksOf = async (id, who = safety) => (await who.read(`/api/v1/safety_report/${id}/deadlines`)).items.map(({ deadline }) => deadline);
const code = async (status, who, method, path, body) => codesOf(await who.refused(status, method, path, { body }));

test('V20, P01, P02: a report opens from the words of a visit, and its clock starts at the visit', async () => {
  const hcp = await doctorOf('jp');
  const visit = await mr.create('visit', { hcp, held_at: at(-5), state: 'completed', quick_note: '投与後に発疹が出たとのこと' });
  const made = await mr.create('safety_report', {
    kind: 'adverse_event', visit: visit.id, source_field: 'quick_note', source_start: 0, source_end: 5, quote: '投与後に発疹',
  });
  assert.deepEqual(
    [made.hcp, made.aware_at, made.event, made.state, made.market, made.company_due_at],
    [hcp, at(-5), '投与後に発疹', 'draft', 'jp', at(19)],
  );
  assert.deepEqual(made.missing, ['patient', 'product']);
  assert.deepEqual(await code(422, mr, 'POST', '/api/v1/safety_report', { kind: 'adverse_event', visit: visit.id, event: 'x', aware_at: at(-1) }),
    { '/aware_at': 'safety_aware_after_visit' });
  assert.deepEqual(await code(422, mr, 'POST', '/api/v1/safety_report', { kind: 'adverse_event', event: 'x', aware_at: at(1) }), { '/aware_at': 'safety_aware_in_future' });
  assert.deepEqual(await code(422, mr, 'PATCH', `/api/v1/safety_report/${made.id}`, { aware_at: at(-2) }), { '/aware_at': 'safety_aware_later' });
  const earlier = await mr.change('safety_report', made.id, { aware_at: at(-8) });
  assert.equal(earlier.company_due_at, at(16), 'somebody knew before: the clock has started then');
  assert.equal(visit.state, 'completed', 'saving the visit was never held up');
});

test('P04, P07: the four minimum criteria are asked, none holds it up, and no field takes who the patient is', async () => {
  const made = await report({ event: undefined });
  assert.deepEqual(made.missing, ['reporter', 'patient', 'product', 'event']);
  const sent = await mr.change('safety_report', made.id, { state: 'submitted' });
  assert.deepEqual([sent.state, sent.submitted_at !== null, sent.submitted_by], ['submitted', true, service.user('mr1')]);
  const whole = await report({ reporter_kind: 'physician', patient_age: 'adult', product });
  assert.equal(whole.missing, null);
  assert.deepEqual((await report({ reporter_kind: 'unknown', patient_age: 'unknown', product })).missing, ['reporter', 'patient']);
  assert.deepEqual(Object.keys(await code(422, mr, 'POST', '/api/v1/safety_report', { kind: 'adverse_event', patient_name: '山田' })), ['/patient_name']);
  assert.deepEqual(await code(422, mr, 'POST', '/api/v1/safety_report', { kind: 'adverse_event', event: 'カルテ番号 12345 の方に発疹' }), { '/event': 'lint_blocked' });
  const { objects } = await mr.read('/api/v1/model');
  const fields = objects.find(({ object }) => object === 'safety_report').fields.filter(({ name }) => name.startsWith('patient'));
  assert.deepEqual(fields.map(({ name, type }) => [name, type]), [['patient_age', 'choice'], ['patient_sex', 'choice']]);
});

test('P05: special situations without harm go to the safety department by the same clock', async () => {
  for (const situation of ['pregnancy', 'overdose', 'off_label', 'misuse', 'abuse', 'medication_error', 'occupational', 'lack_of_effect', 'counterfeit', 'interaction', 'infection']) {
    const made = await report({ kind: 'special_situation', situations: [situation], aware_at: at(-1), market: 'us' });
    assert.deepEqual([made.company_due_at, made.regulator_due_at], [at(23), null], situation);
  }
});

/* The clocks of authorities: [market, seriousness, expectedness, deadlines beside the company's, due]. Day 0 is 2026-11-18 (17 in New York). */
const CLOCKS = [
  ['P09', 'us', ['hospitalisation'], 'unexpected', ['us_15'], '2026-12-03T04:59:00.000Z'],
  ['P09', 'us', ['hospitalisation'], 'expected', [], null],
  ['P09', 'us', [], undefined, ['us_15'], '2026-12-03T04:59:00.000Z'],
  ['P10', 'eu', ['disability'], 'expected', ['eu_15'], '2026-12-02T22:59:00.000Z'],
  ['P10', 'eu', ['not_serious'], 'unexpected', ['eu_90'], '2027-02-15T22:59:00.000Z'],
  ['P10', 'uk', ['important'], undefined, ['eu_15'], '2026-12-02T23:59:00.000Z'],
  ['P11', 'jp', ['life_threatening'], 'unexpected', ['jp_15'], '2026-12-03T14:59:00.000Z'],
  ['P11', 'jp', ['life_threatening'], 'expected', ['jp_30'], '2026-12-18T14:59:00.000Z'],
  ['P11', 'jp', ['death'], 'expected', ['jp_15'], '2026-12-03T14:59:00.000Z'],
  ['P11', 'jp', ['not_serious'], 'unexpected', [], null],
  ['P12', 'cn', ['death'], undefined, ['cn_death', 'cn_15'], at(-2)],
  ['P12', 'cn', ['congenital'], undefined, ['cn_15'], '2026-12-03T15:59:00.000Z'],
  ['P12', 'cn', ['not_serious'], undefined, ['cn_30'], '2026-12-18T15:59:00.000Z'],
  ['P03', 'other', ['death'], undefined, [], null],
];
test('P03, P09, P10, P11, P12: the clocks follow market, seriousness and expectedness; the earliest counts', async () => {
  for (const [rule, market, seriousness, expectedness, deadlines, due] of CLOCKS) {
    const made = await report({ market, seriousness, expectedness, aware_at: at(-2) }, safety);
    const row = [rule, market, seriousness, expectedness].join(' ');
    assert.deepEqual(await clocksOf(made.id), ['company_24h', ...deadlines], row);
    assert.deepEqual([made.company_due_at, made.regulator_due_at], [at(22), due], row);
  }
});

test('P10: days are those of the market and run through weekends; a change of market or seriousness moves them at once', async () => {
  const made = await report({ hcp: await doctorOf('de'), aware_at: '2026-11-16T23:30:00Z' });
  assert.equal(made.market, 'eu');
  assert.equal(made.regulator_due_at, '2026-12-02T22:59:00.000Z', 'it was the 17th already in Brussels; the weekends between count');
  await mr.change('safety_report', made.id, { state: 'submitted' });
  assert.equal((await safety.change('safety_report', made.id, { seriousness: ['not_serious'] })).regulator_due_at, '2027-02-15T22:59:00.000Z');
  assert.equal((await safety.change('safety_report', made.id, { market: 'jp', seriousness: ['death'] })).regulator_due_at, '2026-12-02T14:59:00.000Z');
  assert.deepEqual(await code(422, safety, 'PATCH', `/api/v1/safety_report/${made.id}`, { seriousness: ['death', 'not_serious'] }), { '/seriousness': 'safety_seriousness_both' });
});

test('P13, P14: a complaint asks for lot, expiry, the unit and harm; a suspected contamination starts three working days', async () => {
  const made = await report({ kind: 'product_complaint', product, event: '錠剤が変色', reporter_kind: 'pharmacist', market: 'us', complaint: 'packaging', aware_at: '2026-11-17T15:00:00Z' });
  assert.deepEqual(made.missing, ['lot', 'expiry', 'retained', 'harm']);
  assert.deepEqual([made.regulator_due_at, made.field_alert_due_at], [null, null]);
  const alarming = await mr.change('safety_report', made.id, { complaint: 'contamination', lot: 'A1', expiry: '2027-01-31', retained: false, harm: 'no' });
  assert.equal(alarming.missing, null);
  assert.equal(alarming.field_alert_due_at, '2026-11-21T04:59:00.000Z', 'Tuesday in New York: until Friday midnight');
  const [earlier] = [await report({ kind: 'product_complaint', market: 'us', complaint: 'mix_up', aware_at: '2026-11-13T15:00:00Z' })];
  assert.equal(earlier.field_alert_due_at, '2026-11-19T04:59:00.000Z', 'a Friday: Saturday and Sunday do not count');
  const harmed = await mr.change('safety_report', made.id, { harm: 'yes' });
  assert.deepEqual(await clocksOf(harmed.id, mr), ['company_24h', 'us_15', 'us_field_alert'], 'somebody was harmed: it is an adverse event as well');
});

test('P08, V20: what was sent stays as it was sent; nobody deletes it; what is new is an addition with its own day 0', async () => {
  const hcp = await doctorOf('jp');
  const made = await report({ hcp, product, patient_sex: 'female', aware_at: at(-10) });
  assert.deepEqual(await code(422, admin, 'DELETE', `/api/v1/safety_report/${made.id}`), { '': 'safety_never_deleted' });
  assert.deepEqual(await code(422, mr, 'POST', '/api/v1/safety_report', { kind: 'adverse_event', follows: made.id, event: '回復' }), { '/follows': 'safety_follows_draft' });
  await mr.change('safety_report', made.id, { state: 'submitted' });
  assert.deepEqual(await code(422, mr, 'PATCH', `/api/v1/safety_report/${made.id}`, { event: '別のこと' }), { '/event': 'safety_sent' });
  assert.deepEqual(await code(422, safety, 'PATCH', `/api/v1/safety_report/${made.id}`, { event: '別のこと' }), { '/event': 'safety_sent' });
  assert.deepEqual(await code(422, mr, 'PATCH', `/api/v1/safety_report/${made.id}`, { state: 'received' }), { '/state': 'safety_state_theirs' });
  assert.deepEqual(await code(422, mr, 'PATCH', `/api/v1/safety_report/${made.id}`, { state: 'draft' }), { '/state': 'safety_state_order' });
  const received = await safety.change('safety_report', made.id, { state: 'received', safety_number: 'JP-1', expectedness: 'expected' });
  assert.deepEqual([received.received_by, received.received_at !== null], [service.user('safety1'), true]);
  assert.deepEqual(await code(422, safety, 'PATCH', `/api/v1/safety_report/${made.id}`, { state: 'closed' }), { '/outcome': 'safety_outcome_missing' });
  await safety.change('safety_report', made.id, { state: 'closed', outcome: 'reported' });
  const addition = await mr.create('safety_report', { kind: 'adverse_event', follows: made.id, event: '休薬後に消失' });
  assert.deepEqual(
    [addition.hcp, addition.product, addition.patient_sex, addition.state, addition.missing],
    [hcp, product, 'female', 'draft', null],
  );
  assert.ok(Date.parse(addition.aware_at) >= now, 'its own day 0');
  assert.equal((await mr.read(`/api/v1/safety_report/${made.id}`)).follow_ups, 1);
  const { items } = await mr.read(`/api/v1/safety_report/${made.id}/history`);
  assert.deepEqual(items.map(({ action }) => action).toSorted(), ['create', 'update', 'update', 'update']);
});

test('V20: each sees their own, a manager the team\'s, the safety department all; sales cannot assess', async () => {
  const made = await report({});
  await service.as('mr2').refused(404, 'GET', `/api/v1/safety_report/${made.id}`);
  for (const login of ['manager1', 'safety1', 'compliance1']) await service.as(login).read(`/api/v1/safety_report/${made.id}`);
  await service.as('manager2').refused(404, 'GET', `/api/v1/safety_report/${made.id}`);
  for (const login of ['msl1', 'kam1', 'inside1', 'marketing1', 'manager1']) await report({}, service.as(login));
  await mr.refused(422, 'PATCH', `/api/v1/safety_report/${made.id}`, { body: { expectedness: 'expected' } });
  await service.as('mr2').refused(404, 'GET', `/api/v1/safety_report/${made.id}/deadlines`);
  await service.as('mr2').refused(404, 'GET', `/api/v1/safety_report/${made.id}/report.pdf`);
});

test('V20: a report leaves as a sheet of paper, with what is missing on it', async () => {
  const made = await report({ hcp: await doctorOf('jp'), product });
  const sheet = await mr.expect(200, 'GET', `/api/v1/safety_report/${made.id}/report.pdf`);
  assert.equal(sheet.headers.get('content-type'), 'application/pdf');
  assert.match(sheet.text.slice(0, 8), /^%PDF-1/);
});

/** What the keeper tells comes a few seconds after a start. */
async function told(client, about, count) {
  const deadline = Date.now() + 60000;
  for (;;) {
    const notices = (await client.all('notification', { kind: 'safety' })).filter((notice) => notice.about_id === about);
    if (notices.length >= count || Date.now() > deadline) return notices;
    await new Promise((done) => { setTimeout(done, 200); });
  }
}

test('P03, P06: who has not sent is told before the time lapses, then safety and compliance; each step once', async () => {
  const other = await startService();
  const [writer, department, compliance] = ['mr1', 'safety1', 'compliance1'].map((login) => other.as(login));
  const made = await writer.create('safety_report', { kind: 'adverse_event', event: '発疹', aware_at: NOW });
  const later = async (hours) => {
    await other.stop();
    await other.start({ now: at(hours) });
  };
  await later(13);
  const [first] = await told(writer, made.id, 1);
  assert.match(first.subject, /未送信/);
  assert.match(first.body, /2026/);
  assert.equal((await told(department, made.id, 0)).length, 0, 'not yet');
  await later(21);
  assert.equal((await told(department, made.id, 1)).length, 1);
  assert.equal((await told(compliance, made.id, 1)).length, 1);
  assert.equal((await told(writer, made.id, 2)).length, 2);
  await later(30);
  assert.equal((await told(writer, made.id, 3)).length, 3, 'and once it has lapsed');
  assert.deepEqual((await writer.read(`/api/v1/safety_report/${made.id}`)).told.toSorted(), ['not_sent', 'not_sent_late', 'not_sent_soon']);
  await writer.change('safety_report', made.id, { state: 'submitted' });
  await later(60);
  const notices = await told(department, made.id, 3);
  assert.ok(notices.some(({ subject }) => /acknowledged/.test(subject)), 'sent, and nobody has said that it arrived');
  const waiting = await department.all('safety_report', { state: 'submitted', sort: 'company_due_at' });
  assert.deepEqual(waiting.map(({ id }) => id), [made.id], 'the list of those that wait for an acknowledgement');
});

/* ---- Reports that records open by themselves ---- */

const reportsOf = (visit, who = mr) => who.all('safety_report', { visit, sort: 'created_at' });
const findingsOf = (record, who = mr) => who.all('finding', { record, sort: 'found_at' });
const newVisit = (values, hcp) => mr.create('visit', { hcp, held_at: at(-5), state: 'completed', ...values });

test('V20, P01, P02: saving a note about an event opens a report in the same save, once; its clock runs since the visit', async () => {
  const hcp = await doctorOf('jp');
  const visit = await newVisit({
    quick_note: 'オンドX投与後に発疹とのこと', discussion: '発疹のほかに嘔吐もあった', topics: [{ kind: 'question', text: '発疹への対応' }],
  }, hcp);
  assert.equal(visit.state, 'completed', 'no save is held up');
  const [made, ...more] = await reportsOf(visit.id);
  assert.deepEqual(more, [], 'one cause, one report');
  assert.deepEqual(
    [made.kind, made.state, made.origin, made.hcp, made.reporter_kind, made.product, made.owner, made.aware_at, made.company_due_at],
    ['adverse_event', 'draft', 'record', hcp, 'physician', product, service.user('mr1'), at(-5), at(19)],
  );
  assert.deepEqual([made.source_field, made.quote, made.event], ['quick_note', 'オンドX投与後に発疹とのこと', 'オンドX投与後に発疹とのこと']);
  const events = (await mr.all('finding', { visit: visit.id })).filter(({ category }) => category === 'adverse_event');
  assert.ok(events.length >= 3 && events.every(({ report: which }) => which === made.id), 'all words lead to it');
  await mr.change('visit', visit.id, { quick_note: 'オンドX投与後に発疹とのこと。頭痛も' });
  assert.equal((await reportsOf(visit.id)).length, 1, 'not again on an edit');
  await mr.change('safety_report', made.id, { state: 'submitted', patient_sex: 'female' });
  await mr.change('visit', visit.id, { quick_note: 'オンドX投与後に発疹とのこと。頭痛も。その後入院になった' });
  const [, addition] = await reportsOf(visit.id);
  assert.deepEqual([addition.follows, addition.state, addition.patient_sex], [made.id, 'draft', 'female'], 'what comes after it was sent adds to it');
  assert.ok(Date.parse(addition.aware_at) >= now, 'with a day 0 of its own');
});

test('V20, P05, P13: complaints, special situations and memos open theirs; harmless words and what was asked open none', async () => {
  const hcp = await doctorOf('us');
  const complaint = await newVisit({ quick_note: 'ペンが動かない、錠剤に変色あり' }, hcp);
  assert.deepEqual((await reportsOf(complaint.id)).map(({ kind }) => kind), ['product_complaint']);
  const special = await newVisit({ quick_note: 'he gave an overdose by mistake' }, hcp);
  const [first] = await reportsOf(special.id);
  assert.deepEqual([first.kind, first.regulator_due_at], ['special_situation', null]);
  await mr.change('visit', special.id, { discussion: 'the patient had a seizure after it' });
  const [raised, ...others] = await reportsOf(special.id);
  assert.deepEqual([raised.kind, raised.regulator_due_at !== null, others.length], ['adverse_event', true, 0], 'somebody was harmed: the shorter clock counts');
  const both = await newVisit({ quick_note: '投与後に発疹。別件で異物混入' }, hcp);
  assert.deepEqual((await reportsOf(both.id)).map(({ kind }) => kind).toSorted(), ['adverse_event', 'product_complaint']);
  const memo = await mr.create('memo', { hcp, text: '投与後に発疹が出たと電話で聞いた' });
  const [finding] = await findingsOf(memo.id);
  const telling = await mr.read(`/api/v1/safety_report/${finding.report}`);
  assert.deepEqual([telling.visit, telling.hcp, telling.aware_at], [null, hcp, memo.at]);
  const harmless = await newVisit({ quick_note: '副作用について添付文書に基づき説明。市場の反応良好' }, hcp);
  assert.deepEqual(await reportsOf(harmless.id), []);
});

test('V20, P07, P08: what identifies a patient stays out of the report, and changing the note takes nothing back', async () => {
  const hcp = await doctorOf('jp');
  const visit = await newVisit({ quick_note: '68歳男性、投与後に発疹' }, hcp);
  const [made] = await reportsOf(visit.id);
  assert.ok(!`${made.quote}${made.event}`.includes('68歳'), made.event);
  const open = async () => (await findingsOf(visit.id)).map(({ category, state }) => [category, state]).toSorted();
  assert.deepEqual(await open(), [['adverse_event', 'open'], ['patient_identity', 'open']]);
  await mr.change('visit', visit.id, { quick_note: '投与後に嘔吐' });
  assert.deepEqual(await open(), [['adverse_event', 'open'], ['adverse_event', 'superseded'], ['patient_identity', 'superseded']]);
  await mr.change('visit', visit.id, { quick_note: null });
  assert.ok((await open()).every(([, state]) => state === 'superseded'), 'kept, with what became of it');
  assert.deepEqual((await reportsOf(visit.id)).map(({ state }) => state), ['draft'], 'never cleared by an edit');
  await mr.change('visit', visit.id, { quick_note: '投与後に嘔吐' });
  assert.ok((await open()).some(([, state]) => state === 'open'), 'the words are back, and so is the finding');
  const finding = (await findingsOf(visit.id, safety)).find(({ state }) => state === 'open');
  assert.deepEqual(await code(422, safety, 'PATCH', `/api/v1/finding/${finding.id}`, { state: 'superseded', note: 'x' }), { '/state': 'finding_superseded' });
});

test('V20: whoever wrote it says why it is no event; safety decides with a reason, also about a draft', async () => {
  const hcp = await doctorOf('jp');
  const draft = async () => (await reportsOf((await newVisit({ quick_note: '投与後に発疹' }, hcp)).id))[0];
  const claimed = await draft();
  const sent = await mr.change('safety_report', claimed.id, { state: 'submitted', no_event_reason: '学会発表の引用' });
  assert.deepEqual([sent.state, sent.no_event_reason, sent.company_due_at !== null], ['submitted', '学会発表の引用', true]);
  assert.deepEqual(await code(422, mr, 'PATCH', `/api/v1/safety_report/${claimed.id}`, { no_event_reason: '' }), { '/no_event_reason': 'safety_sent' });
  const close = (id, values, who = safety) => code(422, who, 'PATCH', `/api/v1/safety_report/${id}`, { state: 'closed', ...values });
  assert.deepEqual(await close(claimed.id, { outcome: 'no_event' }), { '/outcome_note': 'safety_outcome_note' });
  const closed = await safety.change('safety_report', claimed.id, { state: 'closed', outcome: 'no_event', outcome_note: '原文を確認' });
  assert.deepEqual([closed.state, closed.outcome_note], ['closed', '原文を確認']);
  const unsent = await draft();
  assert.deepEqual(await close(unsent.id, {}, mr), { '/state': 'safety_state_theirs' });
  assert.deepEqual(await close(unsent.id, { outcome: 'reported', outcome_note: 'x' }), { '/state': 'safety_state_order' });
  assert.deepEqual(await close(unsent.id, { outcome: 'no_event' }), { '/outcome_note': 'safety_outcome_note' });
  const gone = await safety.change('safety_report', unsent.id, { state: 'closed', outcome: 'no_event', outcome_note: '辞書の誤検出' });
  assert.deepEqual([gone.submitted_at, gone.received_at, gone.closed_at !== null], [null, null, true], 'it was never sent, and does not say so');
  assert.equal((await mr.read(`/api/v1/safety_report/${unsent.id}/history`)).items[0].changes.outcome_note?.to ?? '', '辞書の誤検出');
});

test('V20: the safety department sees findings of its own kinds alone, and is nobody\'s second door to the others', async () => {
  const hcp = await doctorOf('jp');
  const visit = await newVisit({ quick_note: '謝礼を上乗せすると伝えた。投与後に発疹。錠剤に変色' }, hcp);
  const routes = async (who) => (await who.all('finding', { visit: visit.id })).map(({ route }) => route).toSorted();
  assert.deepEqual(await routes(safety), ['quality', 'safety']);
  assert.deepEqual(await routes(service.as('compliance1')), ['compliance', 'quality', 'safety']);
  const theirs = (await service.as('compliance1').all('finding', { visit: visit.id })).find(({ route }) => route === 'compliance');
  await safety.refused(404, 'GET', `/api/v1/finding/${theirs.id}`);
  await safety.refused(404, 'PATCH', `/api/v1/finding/${theirs.id}`, { body: { state: 'cleared', note: 'x' } });
  const [opened] = await safety.all('safety_report', { visit: visit.id });
  await safety.read(`/api/v1/safety_report/${opened.id}?expand=product,hcp,hco,owner,visit,follows,submitted_by,received_by`);
  const [own] = await safety.all('finding', { visit: visit.id });
  assert.equal((await safety.change('finding', own.id, { state: 'confirmed', note: '報告へ' })).state, 'confirmed');
});

test('V20, P01: the writer is told at once that a report was opened, in their language', async () => {
  const visit = await newVisit({ quick_note: '投与後に発疹' }, await doctorOf('jp'));
  const [made] = await reportsOf(visit.id);
  const [notice] = await told(mr, made.id, 1);
  assert.match(notice.subject, /安全性報告を作成しました/);
  assert.match(notice.body, /2026/);
});

test('P03: the clocks are data: a company that gives 12 hours publishes them, and old reports keep what was in force', async () => {
  const { body } = await admin.read('/api/v1/definition/deadlines/safety_report');
  const changed = structuredClone(body);
  changed.deadlines[0].valid_to = '2026-11-18';
  changed.deadlines.push({ ...body.deadlines[0], deadline: 'company_12h', valid_from: '2026-11-18', hours: 12 });
  changed.deadlines.find(({ deadline }) => deadline === 'jp_15').checked_on = '2026-11-17';
  const checked = async () => (await mr.read(`/api/v1/safety_report/${(await report({ market: 'jp' })).id}/deadlines`)).items.map((one) => [one.deadline, one.valid_from, one.checked_on]);
  assert.deepEqual(await checked(), [['company_24h', null, null], ['jp_15', '2005-04-01', null]], 'nothing is pretended: nobody has verified it');
  const broken = structuredClone(changed);
  broken.deadlines[0].days = 1;
  const refused = await admin.refused(422, 'PUT', '/api/v1/definition/deadlines/safety_report', { body: { body: broken } });
  assert.ok(refused.errors.some(({ code: which }) => which === 'definition_deadline_length'));
  await admin.expect(200, 'PUT', '/api/v1/definition/deadlines/safety_report', { body: { body: changed, note: '12時間' } });
  assert.deepEqual((await checked()).find(([deadline]) => deadline === 'jp_15'), ['jp_15', '2005-04-01', '2026-11-17']);
  assert.equal((await report({ market: 'jp', aware_at: NOW })).company_due_at, at(12));
  assert.equal((await report({ market: 'jp', aware_at: at(-72) })).company_due_at, at(-48), 'day 0 lies before the change');
});
