// The weekly review (V17): questions of a week taken together by likeness in three languages, answered once, returned to all.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { codesOf } from './client.mjs';
import { NOW, ROOT, startService } from './harness.mjs';

const service = await startService();
const admin = service.as('admin');
const manager = service.as('manager1');
const medical = service.as('msl1');
const DAY = 86400000;
const ago = (days) => new Date(Date.parse(NOW) - days * DAY).toISOString();

const { id: onda } = await admin.create('product', { name: 'オンドX', kind: 'product' });
const { id: other } = await admin.create('product', { name: 'カゼナB', kind: 'product' });
const doctors = Object.fromEntries(await Promise.all(['mr1', 'mr2'].map(async (login) =>
  [login, (await service.as(login).create('hcp', { family_name: '週次', given_name: login })).id])));

/** A visit of a representative with what was asked there; the topics' ids. */
async function heard(login, topics, { days = 0.1, ...visit } = {}) {
  const list = topics.map((topic) => (typeof topic === 'string' ? { kind: 'question', text: topic } : { kind: 'question', ...topic }));
  const { id } = await service.as(login).create('visit', { hcp: doctors[login], held_at: ago(days), state: 'completed', topics: list, ...visit });
  return { visit: id, topics: await service.as(login).all('topic', { visit: id, sort: 'id' }) };
}
const review = (parameters = {}, as = manager) => as.read('/api/v1/review', parameters);
const groupOf = ({ groups }, text) => groups.find(({ sources }) => sources.some((source) => source.text === text));

test('V17: similar questions are one group with its sources, counted by product and subject, in three languages', async () => {
  const first = await heard('mr1', [{ text: '腎機能障害の患者での用量調整は？', product: onda }, { text: '室温で保管できますか', product: onda }]);
  await heard('mr2', [{ text: '肾功能不全患者需要调整剂量吗？', product: onda }, { text: '腎機能障害の患者での用量調整は？', product: other }]);
  const told = await review();
  assert.equal(told.week, '2026-11-16');
  assert.equal(told.asked, 4);
  const group = groupOf(told, '腎機能障害の患者での用量調整は？');
  assert.deepEqual([group.count, group.askers, group.product, group.product_title], [2, 2, onda, 'オンドX']);
  assert.deepEqual(group.sources.map(({ text }) => text).toSorted(), ['肾功能不全患者需要调整剂量吗？', '腎機能障害の患者での用量調整は？'].toSorted());
  assert.equal(group.sources.find(({ visit }) => visit === first.visit).topic, first.topics[0].id, 'each group opens the records it was made of');
  assert.ok(group.subjects.includes('dosage') && group.subjects.includes('liver_kidney'));
  assert.ok(group.sources.every(({ likeness }) => likeness >= told.threshold));
  assert.deepEqual(told.products.map(({ title, count }) => [title, count]), [['オンドX', 3], ['カゼナB', 1]]);
  assert.match(told.measure, new RegExp(`${told.threshold}%`), 'the page can say by what measure');
  const narrowed = await review({ product: other });
  assert.deepEqual(narrowed.groups.map(({ count }) => count), [1]);
  assert.equal((await review({ subject: 'supply' })).groups.length, 1);
});

test('V17: the trend counts the same question in the weeks before', async () => {
  for (const days of [7, 7.1, 14, 28]) await heard('mr1', [{ text: '腎機能障害の用量調整', product: onda }], { days });
  await heard('mr1', ['一昨年の質問'], { days: 400 });
  const group = groupOf(await review(), '室温で保管できますか');
  assert.deepEqual(group.trend, [0, 0, 0, 0, 0, 0, 0, 1]);
  const renal = groupOf(await review(), '腎機能障害の患者での用量調整は？');
  assert.deepEqual(renal.trend, [0, 0, 0, 1, 0, 1, 2, 2]);
  const before = await review({ week: '2026-11-10' });
  assert.deepEqual([before.week, before.asked], ['2026-11-09', 2]);
});

test('V17: need keywords of topics and notes are classified, a visit once for each need', async () => {
  await heard('mr1', [{ kind: 'need', text: '患者指導の資材がほしい' }], { quick_note: '服薬指導と抄読会の相談' });
  await heard('mr2', [], { quick_note: '科室需要患者教育资料，下月办科室会' });
  const { needs } = await review();
  const counted = Object.fromEntries(needs.map(({ need, count }) => [need, count]));
  assert.equal(counted.patient_management, 2);
  assert.equal(counted.academic_support, 1);
  assert.equal(counted.department_management, 1);
  const management = needs.find(({ need }) => need === 'patient_management');
  assert.equal(management.visits.length, 2);
  assert.equal(management.trend.at(-1), 2);
});

test('V17: an inquiry is answered once, and the answer comes back to everybody who asked as a task', async () => {
  const group = groupOf(await review(), '腎機能障害の患者での用量調整は？');
  const inquiry = await manager.create('inquiry', {
    kind: 'review', question: group.question, product: group.product, week: '2026-11-16', sources: group.sources.map(({ topic }) => topic),
  });
  assert.deepEqual([inquiry.state, inquiry.asked_count], ['open', 2]);
  assert.ok((await medical.all('inquiry', { state: 'open' })).some(({ id }) => id === inquiry.id));
  await manager.refused(422, 'PATCH', `/api/v1/inquiry/${inquiry.id}`, { body: { answer: 'x' } }).catch(async () => {
    await manager.refused(403, 'PATCH', `/api/v1/inquiry/${inquiry.id}`, { body: { answer: 'x' } });
  });
  assert.deepEqual(codesOf(await medical.refused(422, 'PATCH', `/api/v1/inquiry/${inquiry.id}`, { body: { state: 'answered' } })), { '/answer': 'inquiry_answer_missing' });
  const answer = '添付文書「用法・用量」：eGFR 30未満では半量。';
  const answered = await medical.change('inquiry', inquiry.id, { state: 'answered', answer });
  assert.deepEqual([answered.answered_by, answered.answered_at !== null], [service.user('msl1'), true]);
  for (const login of ['mr1', 'mr2']) {
    const tasks = (await service.as(login).all('task')).filter(({ body }) => body === answer);
    assert.deepEqual(tasks.map(({ hcp, state }) => [hcp, state]), [[doctors[login], 'open']], `${login} brings it to the doctor who asked`);
  }
  for (const { topic } of group.sources) assert.equal((await admin.read(`/api/v1/topic/${topic}`)).state, 'answered');
  assert.deepEqual(codesOf(await medical.refused(422, 'PATCH', `/api/v1/inquiry/${inquiry.id}`, { body: { answer: '別の回答' } })), { '/answer': 'inquiry_answered' });
});

test('V17: one doctor who asks twice gets one answer', async () => {
  const { topics } = await heard('mr1', [{ text: '錠剤を粉砕してもよいか', product: onda }, { text: '錠剤の粉砕は可能か', product: onda }]);
  const inquiry = await manager.create('inquiry', { kind: 'review', question: '錠剤の粉砕', sources: topics.map(({ id }) => id) });
  await medical.change('inquiry', inquiry.id, { state: 'answered', answer: '粉砕は避けてください。' });
  const tasks = (await service.as('mr1').all('task')).filter(({ body }) => body === '粉砕は避けてください。');
  assert.equal(tasks.length, 1);
});

test('P15: a direct inquiry has the words, who asked, when, and that nobody prompted it; sales cannot answer', async () => {
  const mr = service.as('mr1');
  const body = { question: 'XX病での投与経験は？', hcp: doctors.mr1, asked_on: '2026-11-17' };
  assert.deepEqual(codesOf(await mr.refused(422, 'POST', '/api/v1/inquiry', { body })), { '/unprompted': 'inquiry_unprompted' });
  const made = await mr.create('inquiry', { ...body, unprompted: true });
  assert.equal(made.kind, 'direct');
  const refused = await mr.send('PATCH', `/api/v1/inquiry/${made.id}`, { body: { answer: 'あります' } });
  assert.ok(refused.status === 422 || refused.status === 403);
  await service.as('mr2').refused(404, 'GET', `/api/v1/inquiry/${made.id}`);
});

test('V17: only who answers for more than their own customers reads a review, and only of what they may read', async () => {
  assert.deepEqual(codesOf(await service.as('mr1').refused(403, 'GET', '/api/v1/review')), { '': 'review_denied' });
  assert.equal((await review({}, service.as('manager2'))).asked, 0, 'another team');
  assert.ok((await review({}, medical)).asked > 0);
  assert.deepEqual(codesOf(await manager.refused(422, 'GET', '/api/v1/review?week=soon')), { '/week': 'review_week' });
});

test('V17: when a week is over its review is noted once, and those who work with it are told', async () => {
  const tick = () => service.ondo(['tick'], { now: '2026-11-24T08:00:00+09:00' });
  assert.equal((await tick()).code, 0);
  assert.equal((await tick()).code, 0);
  const [noted, ...more] = await manager.all('weekly_review', { week: '2026-11-16' });
  assert.deepEqual([more.length, noted.questions > 0, typeof noted.most_asked], [0, true, 'string']);
  const notices = (await manager.all('notification', { kind: 'review' })).filter((notice) => notice.about_id === noted.id);
  assert.equal(notices.length, 1);
  await service.as('mr1').refused(403, 'GET', '/api/v1/weekly_review');
});

/** Every pair of questions, whether it should be and whether it was taken together: {right, wrong, missed}. */
function pairsOf(labelled, found) {
  const counts = { right: 0, wrong: 0, missed: 0 };
  const all = [...labelled];
  all.forEach(([one, label], index) => {
    for (const [two, other] of all.slice(index + 1)) {
      const together = found.get(one) === found.get(two);
      if (label === other) counts[together ? 'right' : 'missed'] += 1;
      else if (together) counts.wrong += 1;
    }
  });
  return counts;
}

test('V17: a labelled set in three languages: what belongs together is found, what does not is kept apart', async () => {
  const { groups } = JSON.parse(readFileSync(new URL('tests/data/review/questions.json', `file://${ROOT}/`), 'utf8'));
  const labelled = new Map(groups.flatMap(({ group, questions }) => questions.map((question) => [question, group])));
  await heard('mr1', [...labelled.keys()].map((text) => ({ text })), { days: 77 });
  const { groups: found } = await review({ week: ago(77).slice(0, 10), limit: 500 });
  const where = new Map(found.flatMap(({ sources }, index) => sources.map(({ text }) => [text, index])));
  assert.equal(where.size, labelled.size);
  const { right, wrong, missed } = pairsOf(labelled, where);
  const precision = right / (right + wrong);
  const recall = right / (right + missed);
  assert.ok(precision >= 0.95, `precision ${precision.toFixed(3)}: ${JSON.stringify(found.map(({ sources }) => sources.map(({ text }) => text)))}`);
  assert.ok(recall >= 0.7, `recall ${recall.toFixed(3)}: ${JSON.stringify(found.map(({ words, sources }) => [words, sources.map(({ text }) => text)]))}`);
});
