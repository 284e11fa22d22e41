// V4: quick notes in shorthand, read while they are typed; what was confirmed is saved with the visit.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startService } from './harness.mjs';

const service = await startService({ now: '2026-11-18T01:40:00Z' });
const admin = service.as('admin');
const mr1 = service.as('mr1');
const doctor = await mr1.create('hcp', { family_name: '高橋', given_name: '実', temperature: 'neutral' });
const product = await admin.create('product', { kind: 'brand', name: 'Ondorel(オンドレル / 温达乐)', aliases: ['ondorelumab'] });

const EXAMPLE = '客户询问XX药物的肝腎毒性(?),并希望获取同成分不同剂型的对比数据(↑),需本周内提供(!)';

const PATH = '/api/v1/note/parse';
const parse = async (body) => (await mr1.expect(200, 'POST', PATH, { body })).body;
const brief = ({ pieces }) => pieces.map(({ kind, text }) => [kind, text]);

test('V4: the document’s example is one question, one interest and one commitment due this week', async () => {
  const read = await parse({ text: EXAMPLE, at: '2026-11-18T10:30:00+09:00', lang: 'zh' });
  assert.deepEqual(brief(read), [
    ['question', '客户询问XX药物的肝腎毒性'],
    ['interest', '希望获取同成分不同剂型的对比数据'],
    ['commitment', '同成分不同剂型的对比数据'],
  ]);
  const [question, interest, commitment] = read.pieces;
  assert.equal(EXAMPLE.slice(question.start, question.end), question.text);
  assert.equal(EXAMPLE.slice(question.mark.start, question.mark.end), '(?)');
  assert.deepEqual(question.subjects, ['liver_kidney']);
  assert.deepEqual(interest.subjects, ['formulation', 'comparison']);
  assert.equal(EXAMPLE.slice(commitment.due.start, commitment.due.end), '本周内');
  assert.ok(commitment.due.whole_day);
  assert.deepEqual(commitment.missing, []);
  const bytes = Buffer.from(EXAMPLE);
  assert.equal(bytes.subarray(interest.byte_start, interest.byte_end).toString(), interest.text);
});

test('V4: working days leave out weekends, public holidays of the writer’s country and the company’s own days off', async () => {
  const due = async (text) => (await parse({ text, at: '2026-11-18T10:30:00+09:00', lang: 'ja' })).pieces[0].due.at;
  // mr1 works in Tokyo: 23 November is 勤労感謝の日.
  assert.equal(await due('3営業日以内に資料送付!'), '2026-11-24T09:00:00.000Z');
  const address = '/api/v1/definition/holidays/jp';
  const shipped = (await admin.read(address)).body;
  await admin.expect(200, 'PUT', address, { body: { body: { ...shipped, added: ['2026-11-20'], working: ['2026-11-22'] } } });
  assert.equal(await due('3営業日以内に資料送付!'), '2026-11-24T09:00:00.000Z', 'one day more off, one Sunday worked on');
  assert.equal(await due('今週中に資料送付!'), '2026-11-19T09:00:00.000Z', 'the week ends before its Friday off');
  const problem = await admin.refused(422, 'PUT', address, { body: { body: { ...shipped, added: ['2026-02-30'] } } });
  assert.deepEqual(problem.errors.map(({ pointer, code }) => [pointer, code]), [['/body/added/0', 'not_date']]);
  await admin.expect(200, 'PUT', address, { body: { body: shipped } });
});

test('V4: days count from the visit, on the writer’s clock', async () => {
  const due = async (text, at, lang) => (await parse({ text, at, lang })).pieces[0].due.at;
  // mr1 works in Tokyo: what is due on a day is due at 18:00 there.
  assert.equal(await due('来週火曜までに資料送付!', '2026-11-18T10:30:00+09:00', 'ja'), '2026-11-24T09:00:00.000Z');
  assert.equal(await due('send data within 72 h!', '2026-11-18T10:30:00+09:00', 'en'), '2026-11-21T01:30:00.000Z');
  assert.equal(await due('3天后提供资料!', '2026-11-30T23:50:00+09:00', 'zh'), '2026-12-03T09:00:00.000Z');
});

test('V4: products of the catalogue are found by all their names', async () => {
  for (const text of ['オンドレルの用量?', '温达乐的用量?', 'ONDOREL dosing?', 'ondorelumab renal?']) {
    const { pieces, mentions } = await parse({ text });
    assert.equal(pieces[0].product, product.id, text);
    assert.equal(mentions[0].product, product.id, text);
  }
});

test('V4: what a commitment lacks is said', async () => {
  assert.deepEqual((await parse({ text: '補足資料!' })).pieces[0].missing, ['due']);
  assert.deepEqual((await parse({ text: '48小时内提供!', lang: 'zh' })).pieces[0].missing, ['deliverable']);
});

test('V4: what cannot be read is refused with what to do; nothing is kept of what can', async () => {
  const refused = async (body, pointer) => {
    const problem = await mr1.refused(422, 'POST', PATH, { body });
    assert.equal(problem.errors[0].pointer, pointer);
    assert.ok(problem.errors[0].message.length > 5);
  };
  await refused({ text: 'あ'.repeat(4001) }, '/text');
  await refused({ text: 5 }, '/text');
  await refused({ text: 'x', at: 'yesterday' }, '/at');
  await refused({ text: 'x', lang: 'fr' }, '/lang');
  await service.anonymous().refused(401, 'POST', PATH, { body: { text: '?' } });
  const visits = await mr1.all('visit', {});
  await parse({ text: EXAMPLE });
  assert.equal((await mr1.all('visit', {})).length, visits.length);
});

test('V4: what was confirmed is saved in one request: topics with product and subjects, a promise with its deadline', async () => {
  const at = '2026-11-18T01:30:00.000Z';
  const visit = await mr1.create('visit', {
    hcp: doctor.id,
    held_at: at,
    quick_note: EXAMPLE,
    topics: [
      { kind: 'question', text: '肝腎毒性', product: product.id, subjects: ['liver_kidney'], source_start: 0, source_end: 14 },
      { kind: 'interest', text: '对比数据', subjects: ['comparison', 'formulation'] },
    ],
    promises: [{ deliverable: '对比数据', due_at: '2026-11-20T09:00:00.000Z' }],
  });
  const topics = await mr1.all('topic', { visit: visit.id });
  assert.deepEqual(topics.map(({ kind }) => kind).sort(), ['interest', 'question']);
  assert.deepEqual(topics.find(({ kind }) => kind === 'question').subjects, ['liver_kidney']);
  const [promise] = await mr1.all('promise', { visit: visit.id });
  assert.deepEqual([promise.deliverable, promise.due_at, promise.hcp], ['对比数据', '2026-11-20T09:00:00.000Z', doctor.id]);
  assert.equal((await mr1.read(`/api/v1/visit/${visit.id}`)).quick_note, EXAMPLE);
});
