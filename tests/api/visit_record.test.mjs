// Visit records: topics as rows (V2), promises that can be kept and checked (V3), the quality of a record (V18).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codesOf } from './client.mjs';
import { startService } from './harness.mjs';

const service = await startService({ now: '2026-11-18T01:40:00Z' });
const admin = service.as('admin');
const mr = service.as('mr1');
const doctor = await mr.create('hcp', { family_name: '高橋', given_name: '実' });
const product = await admin.create('product', { kind: 'brand', name: 'Ondorel(オンドレル / 温达乐)' });
const NEAR = { held_at: '2026-11-18T01:00:00Z', hcp: doctor.id };
const DUE = '2026-11-21T10:30:00+09:00';

const check = async (body) => (await mr.expect(200, 'POST', '/api/v1/visit/check', { body })).body;
const missing = async (promise) => (await check({ promises: [promise] })).promises[0].missing.map(({ pointer }) => pointer);
const visit = (values) => mr.create('visit', { ...NEAR, ...values });

test('V2: the document’s three key points are three rows, each with product, subject, state and place', async () => {
  const note = 'XX适应症的临床数据是否包含亚裔人群？某竞品的注射频率更低，你们有优化空间吗？需要最新的国际指南解读资料用于科室培训';
  const { id } = await visit({
    quick_note: note,
    topics: [
      { kind: 'question', text: 'XX适应症的临床数据是否包含亚裔人群？', product: product.id, subjects: ['population', 'evidence'], source_start: 0, source_end: 19 },
      { kind: 'competitor', text: '某竞品的注射频率更低，你们有优化空间吗？', competitor: '某竞品', direction: 'better', subjects: ['dosage'] },
      { kind: 'request', text: '需要最新的国际指南解读资料用于科室培训', subjects: ['guideline'] },
    ],
  });
  const topics = await mr.all('topic', { visit: id });
  assert.deepEqual(topics.map(({ kind, state }) => [kind, state]).sort(), [['competitor', 'open'], ['question', 'open'], ['request', 'open']]);
  const question = topics.find(({ kind }) => kind === 'question');
  assert.equal(note.slice(question.source_start, question.source_end), question.text);
  const answered = await mr.change('topic', question.id, { state: 'answered', answer: 'III期亚组含412名亚裔患者。' });
  assert.equal(answered.answered_by, service.user('mr1'));
  assert.ok(answered.answered_at);
  const open = await mr.change('topic', question.id, { state: 'open' });
  assert.deepEqual([open.answered_at, open.answered_by, open.answer], [null, null, 'III期亚组含412名亚裔患者。']);
  const problem = await mr.refused(422, 'PATCH', `/api/v1/topic/${question.id}`, { body: { direction: 'worse' } });
  assert.deepEqual(codesOf(problem), { '/direction': 'topic_direction' });
});

test('V2: a competitor is recognised in the note, with the direction in which it was mentioned', async () => {
  const cases = [
    ['zh', '某竞品的注射频率更低,你们有优化空间吗?', 'better'],
    ['ja', '他社品は注射の回数が少ないが、改善できますか？', 'better'],
    ['en', 'The competitor is more expensive, is yours covered?', 'worse'],
    ['zh', '主任考虑把患者换用竞品，你们怎么看？', 'switching'],
    ['ja', '競合との違いは？', 'asks'],
  ];
  for (const [lang, text, direction] of cases) {
    const { pieces } = (await mr.expect(200, 'POST', '/api/v1/note/parse', { body: { text, lang } })).body;
    const found = pieces.map(({ competitor }) => competitor).find(Boolean);
    assert.equal(found?.direction, direction, text);
    assert.equal(text.slice(found.start, found.end), found.text);
  }
  const { pieces } = (await mr.expect(200, 'POST', '/api/v1/note/parse', { body: { text: '竞品降价了。腎機能の用量?' } })).body;
  assert.equal(pieces.at(-1).competitor, null, 'another sentence is about something else');
});

test('V3: a vague promise is seen while it is typed, in three languages, with what is missing', async () => {
  for (const deliverable of ['后续跟进产品资料', '資料を後日送付', 'send materials later', '回头发点资料', 'また連絡する', 'follow up soon', '関連資料をお送りします']) {
    assert.deepEqual(await missing({ deliverable }), ['/deliverable', '/due_at', '/confirm_at'], deliverable);
  }
  for (const deliverable of ['某病例的长期随访数据', '腎機能別の用量表を送付', 'send the renal dosing table', '国际指南解读资料', '脑转移II期临床数据（含亚组分析）']) {
    assert.deepEqual(await missing({ deliverable, due_at: DUE }), ['/confirm_at'], deliverable);
  }
  const { promises } = await check({ promises: [{ id: 'a', deliverable: '72小时内整理长期随访数据' }] });
  assert.match(promises[0].due_at, /^2026-11-21T01:4/, 'what the words say of when is offered');
  assert.match(promises[0].missing[0].message, /2026-11-24/, 'and the day on which receipt is asked for');
});

test('V3: what is vague is not saved; who wrote it is told what to write', async () => {
  for (const [lang, deliverable] of [['zh', '后续跟进产品资料'], ['ja', '資料を後日送付'], ['en', 'send materials later']]) {
    const problem = await mr.refused(422, 'POST', '/api/v1/visit', {
      body: { ...NEAR, discussion: 'x', promises: [{ deliverable, due_at: DUE }] }, headers: { 'accept-language': lang },
    });
    assert.deepEqual(codesOf(problem), { '/promises/0/deliverable': 'promise_vague' });
    assert.ok(problem.errors[0].message.length > 15);
  }
});

test('V3: “within 72 hours, receipt confirmed 3 days later”: both nodes stand on the promise, to the hour', async () => {
  const { id } = await visit({ promises: [{ deliverable: '某病例的长期随访数据', due_at: DUE }] });
  const [promise] = await mr.all('promise', { visit: id });
  assert.deepEqual([promise.due_at, promise.confirm_at], ['2026-11-21T01:30:00.000Z', '2026-11-24T01:30:00.000Z']);
  const moved = await mr.change('promise', promise.id, { due_at: '2026-11-22T10:30:00+09:00' });
  assert.equal(moved.confirm_at, '2026-11-25T01:30:00.000Z', 'the node moves with the deadline');
  const problem = await mr.refused(422, 'PATCH', `/api/v1/promise/${promise.id}`, { body: { confirm_at: '2026-11-20T10:30:00+09:00' } });
  assert.deepEqual(codesOf(problem), { '/confirm_at': 'promise_confirm_early' });
});

test('V3: the confirmation node is read from the words, in three languages; it counts from the deadline and names nothing', async () => {
  for (const [lang, words] of [
    ['zh', '整理某病例的长期随访数据并同步，5天后确认是否收到'], ['ja', '長期追跡データを整理して共有、5日後に受領を確認'],
    ['en', 'prepare the follow-up data of the case, confirm receipt 5 days later'],
  ]) {
    const { id } = (await mr.expect(201, 'POST', '/api/v1/visit', { body: { ...NEAR, discussion: words, promises: [{ deliverable: words, due_at: DUE }] }, headers: { 'accept-language': lang } })).body;
    const [promise] = await mr.all('promise', { visit: id });
    assert.equal(promise.confirm_at.slice(0, 10), '2026-11-26', words);
  }
  assert.deepEqual(await missing({ deliverable: 'send materials, confirm receipt 3 days later', due_at: DUE }), ['/deliverable']);
});

test('V3: a promise is delivered with its proof, then confirmed: in this order only', async () => {
  const { id } = await mr.create('promise', { hcp: doctor.id, deliverable: '肝腎毒性のまとめ', due_at: DUE });
  const refused = async (state) =>
    assert.deepEqual(codesOf(await mr.refused(422, 'PATCH', `/api/v1/promise/${id}`, { body: { state } })), { '/state': 'promise_order' });
  await refused('confirmed');
  const delivered = await mr.change('promise', id, {
    state: 'delivered', proof_kind: 'email', proof: '「肝腎毒性のまとめ」を医局宛てに送信', proof_link: 'https://example.com/summary.pdf',
  });
  assert.ok(delivered.delivered_at);
  const confirmed = await mr.change('promise', id, { state: 'confirmed', received_by: 'reply' });
  assert.deepEqual([confirmed.confirmed_by, confirmed.received_by], [service.user('mr1'), 'reply']);
  assert.ok(confirmed.confirmed_at);
  await refused('open');
  await refused('broken');
  const back = await mr.change('promise', id, { state: 'delivered' });
  assert.deepEqual([back.confirmed_at, back.confirmed_by], [null, null]);
  await mr.change('promise', id, { state: 'open' });
  await mr.change('promise', id, { state: 'broken' });
  await refused('delivered');
  await mr.change('promise', id, { state: 'open' });
});

const EMPTY = [
  ['zh', '拜访了XX客户，介绍了产品'], ['ja', '訪問して製品を紹介した'], ['en', 'Visited X, introduced the product'],
  ['zh', '今天拜访了王主任，介绍了公司产品，沟通良好'], ['ja', '本日、定期訪問。製品の説明を実施しました。特に問題なし。'], ['en', 'Met the doctor, discussed our products. All good.'],
];
const TOLD = [
  ['zh', '主任反复询问药物经济学评价，科室正面临医保控费'], ['ja', '透析患者での用量調節の根拠を尋ねられ、比較試験の結果を説明'],
  ['en', 'She doubts the subgroup data in patients with dialysis and wants the head-to-head trial'],
];

test('V18: a record that says nothing is recognised as such, in three languages', async () => {
  for (const [, discussion] of EMPTY) {
    const { quality } = await check({ discussion, temperature: 'neutral', details: [{ product: product.id }] });
    assert.equal(quality.level, 'empty', discussion);
    assert.equal(quality.parts.find(({ part }) => part === 'specific').holds, false, discussion);
  }
  for (const [, discussion] of TOLD) {
    const { quality } = await check({ discussion });
    assert.equal(quality.parts.find(({ part }) => part === 'specific').holds, true, discussion);
  }
});

test('V18: what is missing is said while one writes, as it will be once it is saved', async () => {
  const body = {
    discussion: '拜访了XX客户，介绍了产品', temperature: 'favorable',
    topics: [{ kind: 'question', text: '药物经济学评价', product: product.id }],
    promises: [{ deliverable: '成本-效益分析', due_at: DUE }],
  };
  const empty = (await check({ discussion: body.discussion })).quality;
  assert.deepEqual([empty.points, empty.level], [0, 'empty']);
  for (const part of empty.parts) assert.ok(part.text.length > 8, part.part);
  const whole = (await check(body)).quality;
  assert.deepEqual([whole.points, whole.level], [100, 'useful']);
  const saved = await visit(body);
  const { quality, quality_level: level, quality_parts: parts } = await mr.read(`/api/v1/visit/${saved.id}`);
  assert.deepEqual([quality, level, parts], [100, 'useful', ['specific', 'heard', 'product', 'felt', 'next']]);
  const [topic] = await mr.all('topic', { visit: saved.id });
  await mr.expect(204, 'DELETE', `/api/v1/topic/${topic.id}`);
  const less = await mr.read(`/api/v1/visit/${saved.id}`);
  assert.deepEqual([less.quality, less.quality_level], [35, 'empty'], 'without the topic it says nothing again');
  const changed = await mr.change('visit', saved.id, { discussion: '主任关注脑转移患者的亚组数据，并提到医保控费', next_contact_on: '2026-11-25' });
  assert.equal(changed.quality, 65);
  const told = (await mr.read(`/api/v1/visit/${saved.id}/score`)).items.find(({ score }) => score === 'visit_quality');
  assert.match(told.parts.find(({ part }) => part === 'heard').text, /先生の質問/);
  assert.ok((await mr.all('visit', { quality_level: 'usable', sort: '-quality' })).some(({ id }) => id === saved.id));
});

test('V18: a vague promise is no next step; which ones are vague nobody says by hand', async () => {
  const next = ({ quality }) => quality.parts.find(({ part }) => part === 'next');
  for (const [lang, vague, clear] of [
    ['zh', '后续跟进产品资料', '某病例的长期随访数据'], ['ja', '資料を後日送付', '腎機能別の用量表を送付'], ['en', 'send materials later', 'send the renal dosing table'],
  ]) {
    const gap = next(await check({ discussion: 'x', promises: [{ deliverable: vague, due_at: DUE }] }));
    assert.equal(gap.holds, false, lang);
    assert.match(gap.text, /曖昧/, 'and the gap says why');
    assert.equal(next(await check({ promises: [{ deliverable: vague, due_at: DUE }, { deliverable: clear, due_at: DUE }] })).holds, true, lang);
  }
  const { id } = await visit({ discussion: '資料を後日送付すると約束', promises: [{ deliverable: '腎機能別の用量表', due_at: DUE }] });
  const [promise] = await mr.all('promise', { visit: id });
  assert.equal(promise.clarity, 'clear');
  assert.ok((await mr.read(`/api/v1/visit/${id}`)).quality_parts.includes('next'));
  await mr.refused(422, 'PATCH', `/api/v1/promise/${promise.id}`, { body: { clarity: 'vague' } });
});
