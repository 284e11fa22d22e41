// Approved material and requests to marketing (V7, V9): only what may be used now is offered, and who should know is told once.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startService } from './harness.mjs';

const service = await startService();
const admin = service.as('admin');
const mr = service.as('mr1');
const marketing = service.as('marketing1');
let number = 0;

async function doctor(login, values = {}) {
  return (await service.as(login).create('hcp', { family_name: '森', given_name: `医師${number += 1}`, country: 'jp', ...values })).id;
}
const material = (values) => admin.create('content', { name: `資材${number += 1}`, layer: 'basic', state: 'approved', ...values });
const offered = async (hcp, as = mr) => (await as.expect(200, 'GET', `/api/v1/hcp/${hcp}/material`)).body;
const ids = (offers) => offers.items.map((item) => item.id);
const newsFor = (login) => service.as(login).all('task', { owner: 'me' }).then((tasks) => tasks.filter((task) => task.source === 'rule:material_news'));

async function tick(now) {
  const { code, error } = await service.ondo(['tick'], { now });
  assert.equal(code, 0, error);
}

test('V7: a doctor with a tag is offered the newest approved material of that tag, and only what may be used now', async () => {
  const tag = '小児ニーズ';
  const hcp = await doctor('mr1', { tags: [tag] });
  const older = await material({ tags: [tag], valid_from: '2026-01-01' });
  const newest = await material({ tags: [tag], valid_from: '2026-11-01', valid_to: '2026-11-18' });
  const hidden = [
    await material({ tags: [tag], state: 'draft' }), await material({ tags: [tag], state: 'withdrawn' }),
    await material({ tags: [tag], valid_to: '2026-11-17' }), await material({ tags: [tag], valid_from: '2026-11-19' }),
    await material({ tags: [tag], market: 'cn' }), await material({ tags: ['別のタグ'] }),
  ];
  const own = await material({ tags: [tag], market: 'jp', valid_from: '2026-06-01' });
  const offers = await offered(hcp);
  assert.deepEqual(ids(offers), [newest.id, own.id, older.id]);
  assert.deepEqual(offers.items[0].why, ['tag']);
  for (const { id } of hidden) assert.ok(!ids(offers).includes(id));
  await admin.change('content', newest.id, { state: 'withdrawn' });
  assert.ok(!ids(await offered(hcp)).includes(newest.id), 'withdrawn is gone at once');
  await service.as('mr2').expect(404, 'GET', `/api/v1/hcp/${hcp}/material`);
});

test('V7: what is approved for one market is not offered to a doctor of an unknown one', async () => {
  const hcp = await doctor('mr1', { tags: ['不明'], country: null });
  const { id } = await material({ tags: ['不明'], market: 'jp' });
  assert.ok(!ids(await offered(hcp)).includes(id));
});

test('V7: newly approved material reaches the task list of those whose doctors bear its tag: one task each, in their language, once', async () => {
  const tag = 'paediatric';
  const first = await doctor('mr1', { tags: [tag] });
  await doctor('mr1', { tags: ['other', tag] });
  await doctor('mr2', { tags: [tag] });
  await doctor('mr3', { tags: ['other'] });
  const { id } = await material({ name: 'Dose by weight', tags: [tag], state: 'draft' });
  assert.equal((await newsFor('mr1')).filter(({ subject }) => subject.includes('Dose by weight')).length, 0, 'a draft tells nobody');
  await admin.change('content', id, { state: 'approved' });
  const told = async (login) => (await newsFor(login)).filter(({ subject }) => subject.includes('Dose by weight'));
  const [task, ...more] = await told('mr1');
  assert.equal(more.length, 0);
  assert.match(task.subject, /対象の先生 2名/u);
  assert.match(task.body, /森 医師/u);
  assert.match((await told('mr2'))[0].subject, /相关客户1位/u);
  assert.equal((await told('mr3')).length, 0);
  await admin.change('content', id, { state: 'withdrawn' });
  await admin.change('content', id, { state: 'approved', summary: 'again' });
  await tick('2026-11-18T12:00:00+09:00');
  assert.equal((await told('mr1')).length, 1, 'never twice for one piece of material');
  assert.ok(ids(await offered(first)).includes(id));
});

test('V7: material whose first day is to come is told on that day', async () => {
  const tag = 'later';
  await doctor('mr1', { tags: [tag] });
  await material({ name: 'From Friday', tags: [tag], valid_from: '2026-11-20' });
  const told = async () => (await newsFor('mr1')).filter(({ subject }) => subject.includes('From Friday')).length;
  await tick('2026-11-19T23:00:00+09:00');
  assert.equal(await told(), 0);
  await tick('2026-11-20T00:10:00+09:00');
  await tick('2026-11-20T01:10:00+09:00');
  assert.equal(await told(), 1);
});

test('V9: an open question brings the layers of evidence that answer it; once answered they are no longer offered for it', async () => {
  const hcp = await doctor('mr1');
  const layers = {};
  for (const layer of ['basic', 'advanced', 'expert']) layers[layer] = (await material({ layer, subjects: ['liver_kidney'] })).id;
  assert.equal(ids(await offered(hcp)).filter((id) => Object.values(layers).includes(id)).length, 0);
  const visit = await mr.create('visit', { hcp, topics: [{ kind: 'question', text: '肝腎毒性は?', subjects: ['liver_kidney'] }] });
  const offers = (await offered(hcp)).items.filter(({ id }) => Object.values(layers).includes(id));
  assert.deepEqual(offers.map(({ layer, why }) => [layer, ...why]).sort(), [['advanced', 'subject'], ['basic', 'subject'], ['expert', 'subject']]);
  const [topic] = await mr.all('topic', { visit: visit.id });
  await mr.change('topic', topic.id, { state: 'answered' });
  assert.ok(!ids(await offered(hcp)).includes(layers.basic));
});

test('V7: what a doctor raises again and again is suggested as a tag, until it is one', async () => {
  const hcp = await doctor('mr1', { tags: ['既存'] });
  await mr.create('visit', { hcp, topics: [{ kind: 'question', text: '小児の用量', subjects: ['population'] }] });
  assert.deepEqual((await offered(hcp)).suggested_tags, []);
  await mr.create('visit', { hcp, topics: [{ kind: 'interest', text: '小児の試験', subjects: ['population'], state: 'answered' }] });
  assert.deepEqual((await offered(hcp)).suggested_tags, ['高齢者・小児・妊産婦']);
  await mr.change('hcp', hcp, { tags: ['既存', '高齢者・小児・妊産婦'] });
  assert.deepEqual((await offered(hcp)).suggested_tags, []);
});

test('V9: a department’s need goes to marketing, whose answer comes back to the asker as a task', async () => {
  const hcp = await doctor('mr1');
  await mr.create('visit', { hcp, topics: [{ kind: 'need', text: '糖尿病患者の食事ハンドブックがほしい', subjects: ['patient_support'] }] });
  const [request, ...others] = await marketing.all('marketing_request', { hcp });
  assert.equal(others.length, 0);
  assert.deepEqual([request.need, request.state, request.asker], ['糖尿病患者の食事ハンドブックがほしい', 'open', service.user('mr1')]);
  await mr.expect(422, 'PATCH', `/api/v1/marketing_request/${request.id}`, { body: { state: 'delivered', answer: '自分で' } });
  await marketing.change('marketing_request', request.id, { state: 'accepted' });
  assert.equal((await mr.read(`/api/v1/marketing_request/${request.id}`)).handler, service.user('marketing1'));
  const outcome = () => mr.all('task', { hcp }).then((tasks) => tasks.filter((task) => task.source === 'rule:request_outcome'));
  assert.equal((await outcome()).length, 0);
  await marketing.refused(422, 'PATCH', `/api/v1/marketing_request/${request.id}`, { body: { state: 'delivered' } });
  const { id: content } = await material({ name: '食事ハンドブック' });
  await marketing.change('marketing_request', request.id, { state: 'delivered', answer: '来週お届けします', content });
  const [task, ...more] = await outcome();
  assert.equal(more.length, 0);
  assert.match(task.body, /来週お届けします.*食事ハンドブック/su);
});

test('V9: marketing’s Today shows what is asked, and the dates of material are checked', async () => {
  const hcp = await doctor('mr1');
  const { id } = await mr.create('marketing_request', { need: '病棟用ポスター', hcp });
  const { body } = await marketing.expect(200, 'GET', '/api/v1/dashboard/office_daily');
  const widget = body.widgets.find(({ name }) => name === 'marketing_requests');
  assert.ok(widget.items.some((item) => item.id === id));
  const refused = await admin.refused(422, 'POST', '/api/v1/content', { body: { name: 'x', layer: 'basic', valid_from: '2026-12-01', valid_to: '2026-11-01' } });
  assert.equal(refused.errors[0].code, 'content_dates');
});

const noted = async (hcp, query) => (await mr.read(`/api/v1/hcp/${hcp}/material`, query)).items;

test('V9: material fits what a visit has just noted, before anything of it is saved, and needs that were confirmed', async () => {
  const hcp = await doctor('mr1');
  const product = await admin.create('product', { kind: 'brand', name: 'Sondorel' });
  const onSubject = await material({ subjects: ['cost'], layer: 'advanced' });
  const onProduct = await material({ product: product.id });
  const onNeed = await material({ needs: ['cost_control'] });
  const of = (offers, { id }) => offers.find((offer) => offer.id === id)?.why;
  const before = await noted(hcp);
  assert.deepEqual([of(before, onSubject), of(before, onProduct), of(before, onNeed)], [undefined, undefined, undefined]);
  const now = await noted(hcp, { subjects: 'cost,no_such', products: `${product.id},nonsense` });
  assert.deepEqual([of(now, onSubject), of(now, onProduct)], [['subject'], ['product']]);
  await mr.create('need', { hcp, kind: 'cost_control', sentence: '药物经济学评价' });
  assert.deepEqual(of(await noted(hcp), onNeed), ['need']);
});

test('V9: what was shared stands with the visit; what may not be used cannot have been', async () => {
  const hcp = await doctor('mr1');
  const good = await material({ market: 'jp', valid_to: '2026-11-17' });
  const shared = (content, more = {}) => ({ hcp, held_at: '2026-11-17T10:00:00+09:00', temperature: 'neutral', shares: [content], ...more });
  const { id } = await mr.create('visit', shared(good.id));
  const [share] = await mr.all('content_share', { visit: id });
  assert.deepEqual([share.content, share.hcp, share.how, share.at], [good.id, hcp, 'shown', '2026-11-17T01:00:00.000Z']);
  const refusals = [
    [await material({ state: 'withdrawn' }), 'material_not_usable'], [await material({ state: 'draft' }), 'material_not_usable'],
    [await material({ valid_to: '2026-11-16' }), 'material_not_usable'], [await material({ valid_from: '2026-11-18' }), 'material_not_usable'],
    [await material({ market: 'cn' }), 'material_market'],
  ];
  for (const [{ id: content }, code] of refusals) {
    const problem = await mr.refused(422, 'POST', '/api/v1/visit', { body: shared(content) });
    assert.deepEqual(problem.errors.map((error) => [error.pointer, error.code]), [['/shares/0/content', code]]);
  }
  await admin.change('content', good.id, { state: 'withdrawn' });
  await mr.refused(422, 'POST', '/api/v1/content_share', { body: { visit: id, content: good.id } });
  assert.equal((await mr.all('content_share', { visit: id })).length, 1, 'what was shared while it was good stays');
  assert.deepEqual(await service.as('mr2').all('content_share', {}), []);
});
