// The story of a relationship (E5) and the words that worked (E1): what is new to a reader, pins, corrections, search in any script.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codesOf } from './client.mjs';
import { startService } from './harness.mjs';

const service = await startService();
const admin = service.as('admin');
const [manager, mr1, mr2, mr3] = ['manager1', 'mr1', 'mr2', 'mr3'].map((login) => service.as(login));
const owner = service.user('mr1');

let count = 0;
const newDoctor = () => {
  count += 1;
  return admin.create('hcp', { family_name: `物語${count}`, owner }).then((doctor) => doctor.id);
};
const write = (client, hcp, text, more = {}) => client.create('memo', { hcp, kind: 'story', text, ...more });
const storyOf = (client, hcp) => client.read(`/api/v1/hcp/${hcp}/story`);
const markRead = async (client, hcp, until) => (await client.expect(200, 'POST', `/api/v1/hcp/${hcp}/story/read`, { body: { until } })).body;

test('E5: a reader is told what others have written since the last reading, person by person', async () => {
  const hcp = await newDoctor();
  const first = await write(mr1, hcp, '最初の出会い');
  assert.deepEqual(await storyOf(mr1, hcp), { read_until: null, new: 0, memos: 1 }, 'one’s own memo is no news');
  assert.deepEqual(await storyOf(manager, hcp), { read_until: null, new: 1, memos: 1 });
  const read = await markRead(manager, hcp, first.created_at);
  assert.deepEqual([read.new, new Date(read.read_until).getTime()], [0, new Date(first.created_at).getTime()]);
  await write(mr1, hcp, '二度目の面会', { at: '2026-01-01T09:00:00+09:00' });
  assert.equal((await storyOf(manager, hcp)).new, 1, 'also what tells of an earlier day');
  assert.equal((await storyOf(admin, hcp)).read_until, null, 'everybody reads for themselves');
});

test('E5: reading does not go back, nor into what is not written yet', async () => {
  const hcp = await newDoctor();
  await markRead(manager, hcp, '2026-11-10T00:00:00Z');
  const before = await markRead(manager, hcp, '2026-11-01T00:00:00Z');
  assert.equal(before.read_until, '2026-11-10T00:00:00.000Z');
  await markRead(manager, hcp, '2100-01-01T00:00:00Z');
  await write(mr1, hcp, 'あとから書いたこと');
  assert.equal((await storyOf(manager, hcp)).new, 1);
});

test('E5: who may not see the doctor is told nothing; an instant must be one', async () => {
  const hcp = await newDoctor();
  await mr3.refused(404, 'GET', `/api/v1/hcp/${hcp}/story`);
  const path = `/api/v1/hcp/${hcp}/story/read`;
  await mr3.refused(404, 'POST', path, { body: { until: '2026-11-10T00:00:00Z' } });
  assert.deepEqual(codesOf(await mr1.refused(422, 'POST', path, { body: {} })), { '/until': 'required' });
  assert.deepEqual(codesOf(await mr1.refused(422, 'POST', path, { body: { until: 'now' } })), { '/until': 'not_instant' });
});

test('E5: a correction is a memo of its own about the same person; the corrected one stays as it was written', async () => {
  const hcp = await newDoctor();
  const wrong = await write(mr1, hcp, '糖尿病の話を避ける', { kind: 'taboo' });
  const right = await mr1.create('memo', { corrects: wrong.id, kind: 'taboo', text: '価格の話を避ける' });
  assert.deepEqual([right.hcp, right.corrects, right.corrections], [hcp, wrong.id, 0]);
  const kept = await mr1.read(`/api/v1/memo/${wrong.id}`);
  assert.deepEqual([kept.text, kept.version, kept.corrections], ['糖尿病の話を避ける', wrong.version, 1]);
  await mr1.refused(403, 'PATCH', `/api/v1/memo/${wrong.id}`, { body: { text: 'x' } });
  const other = await newDoctor();
  const mixed = await mr1.refused(422, 'POST', '/api/v1/memo', { body: { hcp: other, corrects: wrong.id, kind: 'taboo', text: 'x' } });
  assert.deepEqual(codesOf(mixed), { '/corrects': 'memo_corrects_other' });
  const foreign = await mr3.refused(422, 'POST', '/api/v1/memo', { body: { corrects: wrong.id, kind: 'taboo', text: 'x' } });
  assert.ok(!JSON.stringify(foreign).includes(hcp), 'nothing is told of a memo that one may not see');
});

test('E5: a pinned memo is pinned for everybody who may read it, once, until somebody takes the pin away', async () => {
  const hcp = await newDoctor();
  const memo = await write(mr1, hcp, '最も大切なこと');
  await mr3.refused(422, 'POST', '/api/v1/memo_pin', { body: { memo: memo.id } });
  const pin = await mr1.create('memo_pin', { memo: memo.id });
  assert.equal((await manager.read(`/api/v1/memo/${memo.id}`)).pins, 1);
  assert.deepEqual((await manager.all('memo', { filter: { and: [{ '==': [{ var: 'hcp' }, hcp] }, { '>': [{ var: 'pins' }, 0] }] } })).map((one) => one.id), [memo.id]);
  const [same] = await manager.all('memo_pin', { memo: memo.id });
  assert.deepEqual([same.id, same.by], [pin.id, owner]);
  await manager.refused(409, 'POST', '/api/v1/memo_pin', { body: { memo: memo.id } });
  await manager.expect(204, 'DELETE', `/api/v1/memo_pin/${pin.id}`);
  assert.equal((await mr1.read(`/api/v1/memo/${memo.id}`)).pins, 0);
  await mr1.create('memo_pin', { memo: memo.id });
});

test('E1, E5: words that worked carry their effect, and are found by it; other memos have none', async () => {
  const hcp = await newDoctor();
  const phrase = await write(mr1, hcp, '副作用プロファイルの比較', { kind: 'resonated', effect: 'reacted' });
  await write(mr1, hcp, '患者QOLへの言及', { kind: 'resonated', effect: 'softened' });
  assert.deepEqual((await mr1.all('memo', { hcp, effect: 'reacted' })).map((one) => one.id), [phrase.id]);
  const wrong = await mr1.refused(422, 'POST', '/api/v1/memo', { body: { hcp, kind: 'taboo', text: 'x', effect: 'reacted' } });
  assert.deepEqual(codesOf(wrong), { '/effect': 'memo_effect_kind' });
});

test('E5: a story is searched in any script', async () => {
  const hcp = await newDoctor();
  const texts = ['ガイドラインの改訂に強い関心', '对不良反应特征的比较反应强烈', 'Asked for the subgroup analysis'];
  for (const text of texts) await write(mr1, hcp, text);
  const found = async (q) => (await mr1.all('memo', { hcp, q })).map((one) => one.text);
  for (const [q, index] of [['がいどらいん', 0], ['ｶﾞｲﾄﾞﾗｲﾝ', 0], ['不良反應', 1], ['buliangfanying', 1], ['SUBGROUP', 2]]) {
    assert.deepEqual(await found(q), [texts[index]], q);
  }
});
