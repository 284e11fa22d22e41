// V20: wording that suggests inducement, off-label promotion, prescription counting or patients' identity is found before and on
// saving, the same in the page's question, on the server and in the batch over old records.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { codesOf } from './client.mjs';
import { startService } from './harness.mjs';
import { csv } from './tables.mjs';

const service = await startService();
const admin = service.as('admin');
const mr1 = service.as('mr1');
const compliance = service.as('compliance1');

const PATH = '/api/v1/lint';
const lint = async (body, client = mr1) => (await client.expect(200, 'POST', PATH, { body })).body.findings;
const brief = (findings) => findings.map(({ severity, rule, text }) => [severity, rule, text]);
const newDoctor = (values = {}) => mr1.create('hcp', { family_name: '鈴木', given_name: '一郎', ...values });
const findingsOf = async (record, client = compliance) =>
  (await client.all('finding', { record })).toSorted((a, b) => a.start - b.start);

test('V20: a text is told with place, rule, why and what to write instead, in the reader’s language', async () => {
  const text = '💊 先生にｷｯｸﾊﾞｯｸの話をした。発疹はなし';
  const findings = await lint({ text, lang: 'ja' });
  assert.deepEqual(brief(findings), [['route', 'inducement.exchange', 'ｷｯｸﾊﾞｯｸ'], ['route', 'adverse_event.symptom', '発疹']]);
  for (const found of findings) {
    assert.equal(text.slice(found.start, found.end), found.text);
    assert.equal(Buffer.from(text).subarray(found.byte_start, found.byte_end).toString(), found.text);
    assert.match(found.why, /[ぁ-ん]/u);
    assert.match(found.instead, /[ぁ-ん]/u);
    assert.match(found.version, /^3-[0-9a-f]{8}$/u);
  }
  assert.equal(findings[0].category_label, '利益供与');
  assert.equal(findings[1].route, 'safety');
  const [zh] = await lint({ text: '给回扣', lang: 'zh' });
  assert.equal(zh.category_label, '利益输送与礼品');
});

test('V20: what they asked and what I said are told apart; denial lowers some and never an adverse event', async () => {
  assert.deepEqual(brief(await lint({ text: '客户询问超说明书用法' })), [['info', 'off_label.use', '超说明书']]);
  assert.deepEqual(brief(await lint({ text: 'off-label dosing', field: 'topic.text' })), [['info', 'off_label.use', 'off-label']]);
  assert.deepEqual(brief(await lint({ text: 'off-label dosing', speaker: 'self' })), [['route', 'off_label.use', 'off-label']]);
  assert.deepEqual(brief(await lint({ text: '没有给回扣' })), [['info', 'inducement.exchange', '回扣']]);
  assert.deepEqual(brief(await lint({ text: 'no rash' })), [['route', 'adverse_event.symptom', 'rash']]);
  assert.deepEqual(await lint({ text: '传统方案、系统方面、非劣性、市场反应良好' }), []);
});

test('V20: what cannot be looked at is refused with what to do', async () => {
  const refused = async (body, code) =>
    assert.deepEqual(codesOf(await mr1.refused(422, 'POST', PATH, { body })), code);
  await refused({ text: 5 }, { '/text': 'not_text' });
  await refused({ text: 'あ'.repeat(20001) }, { '/text': 'too_long' });
  await refused({ text: 'x', field: 'visit.nonsense' }, { '/field': 'unknown_field' });
  await refused({ text: 'x', speaker: 'somebody' }, { '/speaker': 'lint_speaker' });
  await refused({ text: 'x', lang: 'fr' }, { '/lang': 'language_unknown' });
  await refused({ text: 'x', hcp: 'x' }, { '/hcp': 'not_id' });
  await service.anonymous().refused(401, 'POST', PATH, { body: { text: '?' } });
});

test('V20: patients’ identity refuses the save, at its field, in every language and in children', async () => {
  const { id: hcp } = await newDoctor();
  const refused = async (body, pointer, word) => {
    const problem = await mr1.refused(422, 'POST', '/api/v1/visit', { body: { hcp, ...body } });
    assert.deepEqual(codesOf(problem), { [pointer]: 'lint_blocked' });
    assert.ok(problem.errors[0].message.includes(word), problem.errors[0].message);
  };
  await refused({ discussion: '患者の田中さんが開始' }, '/discussion', '患者の田中さん');
  await refused({ quick_note: '住院号 12345678 已换药' }, '/quick_note', '住院号 12345678');
  await refused({ topics: [{ kind: 'question', text: 'patient named Smith' }] }, '/topics/0/text', 'patient named Smith');
  await refused({ promises: [{ deliverable: 'カルテ番号 987654 の回答', due_at: '2026-11-20T18:00:00+09:00' }] }, '/promises/0/deliverable', '987654');
  assert.deepEqual(await mr1.all('visit', { hcp }), []);
  const visit = await mr1.create('visit', { hcp, discussion: '高齢の患者さんの話' });
  assert.deepEqual(codesOf(await mr1.refused(422, 'PATCH', `/api/v1/visit/${visit.id}`, { body: { discussion: 'Ａ．Ｋ．様の話' } })), { '/discussion': 'lint_blocked' });
});

test('V20: a file of records is no way around it: the row is rejected with the reason', async () => {
  const raw = csv([['family_name', 'given_name', 'resonating_phrases'], ['佐藤', '花子', '患者の田中さんの話'], ['加藤', '次郎', '高齢の患者さんの話']]);
  writeFileSync(join(service.home, 'doctors.csv'), raw);
  const { code, out } = await service.ondo(['import', 'hcp', 'doctors.csv', '--rejected', 'rejected.csv']);
  assert.equal(code, 6, out);
  assert.match(out, /2 rows: 1 created, .* 1 rejected/u);
  assert.match(readFileSync(join(service.home, 'rejected.csv'), 'utf8'), /佐藤.*患者の田中さん/u);
});

test('V20: counting one doctor’s prescriptions is refused where the market forbids it, and reviewed elsewhere', async () => {
  const note = '主任每月开80盒';
  const chinese = await newDoctor({ country: 'cn' });
  const japanese = await newDoctor({ country: 'jp' });
  assert.deepEqual(codesOf(await mr1.refused(422, 'POST', '/api/v1/visit', { body: { hcp: chinese.id, quick_note: note } })), { '/quick_note': 'lint_blocked' });
  assert.deepEqual(codesOf(await mr1.refused(422, 'POST', '/api/v1/memo', { body: { hcp: chinese.id, text: note } })), { '/text': 'lint_blocked' });
  assert.deepEqual(brief(await lint({ text: note, hcp: chinese.id })), [['block', 'prescription_counting.individual', '每月开80盒']]);
  assert.deepEqual(brief(await lint({ text: note, hcp: japanese.id })), [['route', 'prescription_counting.individual', '每月开80盒']]);
  const institution = await admin.create('hco', { name: '东方医院', country: 'cn' });
  const there = await newDoctor({ primary_hco: institution.id });
  assert.equal((await lint({ text: note, hcp: there.id }))[0].severity, 'block');
  const visit = await mr1.create('visit', { hcp: japanese.id, quick_note: note });
  const [finding] = await findingsOf(visit.id);
  assert.deepEqual([finding.category, finding.market, finding.state], ['prescription_counting', 'JP', 'open']);
});

test('V20: what is to be reviewed is saved, and becomes one finding with its place, rule and version', async () => {
  const { id: hcp } = await newDoctor();
  const discussion = '謝礼を上乗せすると伝えた。投与後に発疹が出たとのこと。68歳男性';
  const visit = await mr1.create('visit', { hcp, discussion });
  const found = await findingsOf(visit.id);
  assert.deepEqual(found.map(({ rule, severity, route }) => [rule, severity, route]), [
    ['inducement.money', 'route', 'compliance'], ['adverse_event.symptom', 'route', 'safety'], ['patient_identity.age', 'warn', 'compliance'],
  ]);
  const [first, , age] = found;
  assert.equal(discussion.slice(first.start, first.end), first.quote);
  assert.equal(first.passage.slice(first.passage_start, first.passage_start + first.quote.length), first.quote);
  assert.deepEqual([first.object, first.field, first.hcp, first.visit, first.owner], ['visit', 'discussion', hcp, visit.id, service.user('mr1')]);
  assert.equal(first.lexicon, 'compliance_inducement');
  assert.equal(age.quote, '■■■', 'what identifies a patient is not kept in the finding either');
  assert.ok(found.every(({ passage }) => !passage.includes('68歳')));
  await mr1.change('visit', visit.id, { discussion: `${discussion}。ほかは通常どおり` });
  assert.equal((await findingsOf(visit.id)).length, 3, 'once, however often it is saved');
  await mr1.change('visit', visit.id, { discussion: `${discussion}。接待の予定` });
  assert.equal((await findingsOf(visit.id)).length, 4);
});

test('V20: findings are seen by compliance and by their author alone; compliance decides with a reason, the author confirms', async () => {
  const { id: hcp } = await newDoctor();
  const visit = await mr1.create('visit', { hcp, quick_note: '競合は効かない薬と話した。72歳女性' });
  const [route, warn] = await findingsOf(visit.id, mr1);
  assert.deepEqual(await findingsOf(visit.id, service.as('mr2')), []);
  assert.deepEqual(await findingsOf(visit.id, service.as('manager1')), []);
  const patch = (client, id, body) => client.patch(`/api/v1/finding/${id}`, body);
  const refused = async (client, id, body) => codesOf(await client.refused(422, 'PATCH', `/api/v1/finding/${id}`, { body }));
  assert.deepEqual(await refused(mr1, route.id, { state: 'cleared', note: 'ok' }), { '/state': 'finding_own' });
  assert.deepEqual(await refused(compliance, route.id, { state: 'confirmed' }), { '/note': 'finding_note' });
  assert.deepEqual(await refused(compliance, warn.id, { acknowledged: true }), { '/acknowledged': 'finding_not_own' });
  assert.match((await patch(mr1, warn.id, { acknowledged: true })).body.acknowledged_at, /^2026-11-17T23:00/u);
  const decided = (await patch(compliance, route.id, { state: 'confirmed', note: '表現の指導を行う' })).body;
  assert.deepEqual([decided.state, decided.reviewed_by], ['confirmed', service.user('compliance1')]);
  assert.ok(decided.reviewed_at);
  const reopened = (await patch(compliance, route.id, { state: 'open' })).body;
  assert.deepEqual([reopened.reviewed_by, reopened.reviewed_at], [null, null]);
  const history = (await compliance.expect(200, 'GET', `/api/v1/finding/${route.id}/history`)).body.items;
  assert.equal(history.length, 3, 'journaled');
  assert.equal((await admin.post('/api/v1/finding', { state: 'open' })).status, 403);
  assert.equal((await compliance.delete(`/api/v1/finding/${route.id}`)).status, 403);
});

test('V20: the batch finds in old records what saving would have, once, and prints how many of each category', async () => {
  const { id: hcp } = await newDoctor();
  const visit = await mr1.create('visit', { hcp, discussion: '異常なし' });
  service.sql(`UPDATE visit SET discussion = '回扣を渡した。患者の田中さん' WHERE discussion = '異常なし'`);
  assert.deepEqual(await findingsOf(visit.id), []);
  const first = await service.ondo(['lint']);
  assert.equal(first.code, 0, first.error);
  assert.match(first.out, /inducement +found +\d+ +new +1\n/u);
  assert.match(first.out, /patient_identity +found +\d+ +new +1\n/u);
  const found = await findingsOf(visit.id);
  assert.deepEqual(found.map(({ rule, severity }) => [rule, severity]), [['inducement.exchange', 'route'], ['patient_identity.name', 'block']]);
  assert.ok(found.every(({ passage }) => !passage.includes('田中')));
  const again = await service.ondo(['lint']);
  assert.match(again.out, /, new: 0\n/u);
  assert.equal((await findingsOf(visit.id)).length, 2);
});

test('V20: administrators change the words while Ondo runs; what is wrong is said with its place', async () => {
  const { body } = (await admin.expect(200, 'GET', '/api/v1/definition/lexicons/compliance_inducement')).body;
  assert.deepEqual(await lint({ text: 'ハムの詰め合わせを進呈' }), []);
  body.terms.gift.ja.push('詰め合わせ');
  const wrong = structuredClone(body);
  wrong.terms.gift.ja.push('(ハム');
  wrong.check.severity = 'harsh';
  const problem = await admin.refused(422, 'PUT', '/api/v1/definition/lexicons/compliance_inducement', { body: { body: wrong, note: '追加' } });
  assert.deepEqual(problem.errors.map(({ code }) => code).toSorted(), ['definition_not_one_of', 'definition_pattern']);
  await admin.expect(200, 'PUT', '/api/v1/definition/lexicons/compliance_inducement', { body: { body, note: '追加' } });
  const [found] = await lint({ text: 'ハムの詰め合わせを進呈' });
  assert.equal(found.rule, 'inducement.gift');
});

test('V20: compliance is told of what waits for it, a day in one notice, in their language; writers are not', async () => {
  const { id: hcp } = await newDoctor();
  const notices = (client) => client.all('notification', { kind: 'finding' });
  const told = async () => (await notices(compliance)).reduce((sum, { count }) => sum + count, 0);
  const before = await told();
  for (let i = 0; i < 3; i += 1) await mr1.create('visit', { hcp, quick_note: `謝礼を上乗せすると伝えた ${i}` });
  await mr1.create('visit', { hcp, quick_note: '投与後に発疹。72歳女性' });
  assert.equal(await told(), before + 3, 'what goes to safety is not theirs to review');
  const [notice, ...others] = await notices(compliance);
  assert.deepEqual(others, [], 'a day of them is one notice');
  assert.match(notice.subject, /^To review|^審査|^待审核/u);
  assert.deepEqual(await notices(mr1), []);
});
