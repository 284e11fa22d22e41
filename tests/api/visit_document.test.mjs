// The source of V1–V20 is a guide in Chinese for representatives. Its own examples stand here word for word, in its
// order, each held against what the product makes of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startService } from './harness.mjs';

const NOW = '2026-11-18T02:00:00Z';
const HELD = '2026-11-18T01:00:00Z';
const HOUR = 3600000;
const service = await startService({ now: NOW });
const admin = service.as('admin');
const mr = service.as('mr1', { 'accept-language': 'zh' });
const after = (hours) => new Date(Date.parse(HELD) + hours * HOUR).toISOString();
const DAY = 24;

const doctor = async (values) => (await mr.create('hcp', { family_name: '王', given_name: '明', country: 'cn', ...values })).id;
const visit = (hcp, values) => mr.create('visit', { hcp, held_at: HELD, ...values });
const parse = async (text) => (await mr.expect(200, 'POST', '/api/v1/note/parse', { body: { text, at: HELD, lang: 'zh' } })).body.pieces;
const check = async (promise) => (await mr.expect(200, 'POST', '/api/v1/visit/check', { body: { promises: [promise] } })).body.promises[0];
const runOf = async (hcp, playbook) => (await mr.read(`/api/v1/hcp/${hcp}/playbooks`)).runs.find((run) => run.playbook === playbook);
const due = ({ steps }) => Object.fromEntries(steps.map(({ step, due_at: at }) => [step, at]));
const bodies = async (hcp, playbook) =>
  (await mr.all('task', { hcp })).filter(({ source }) => source === `playbook:${playbook}`).map(({ subject, body }) => `${subject}\n${body}`).join('\n');

test('一（一）V1：内分泌科主任；反复询问“药物经济学评价”，暗示医保控费的压力，侧重成本-效益分析', async () => {
  const hcp = await doctor({ department: '内分泌科', position: '主任', prescribing: 'main' });
  await visit(hcp, { discussion: '客户反复询问“药物经济学评价”。' });
  const [need] = await mr.all('need', { hcp });
  assert.deepEqual([need.kind, need.state, need.sentence], ['cost_control', 'suggested', '客户反复询问“药物经济学评价”']);
  const { objects } = await mr.read('/api/v1/model');
  const kinds = objects.find(({ object }) => object === 'need').fields.find(({ name }) => name === 'kind').choices;
  assert.match(kinds.find(({ code }) => code === 'cost_control').help.zh, /成本-效益分析/);
});

test('一（二）V2：疑问、竞品的提及方向、客户主动提出的诉求', async () => {
  const [question] = await parse('XX适应症的临床数据是否包含亚裔人群？');
  assert.equal(question.kind, 'question');
  assert.ok(question.subjects.includes('population'), question.subjects.join());
  const [rival] = await parse('某竞品的注射频率更低，你们有优化空间吗？');
  assert.equal(rival.competitor.direction, 'better');
  const pieces = await parse('需要最新的国际指南解读资料用于科室培训（!）');
  assert.ok(pieces.some(({ kind, subjects }) => ['request', 'commitment'].includes(kind) && subjects.includes('guideline')), JSON.stringify(pieces));
});

test('一（三）V3：“72小时内整理数据并同步，3天后确认是否收到”；“后续跟进产品资料”是模糊的记录', async () => {
  const promise = await check({ deliverable: '72小时内整理某病例的长期随访数据并同步' });
  assert.deepEqual(promise.missing.map(({ pointer }) => pointer), ['/confirm_at'], 'what and until when are said');
  const left = Date.parse(promise.due_at) - Date.parse(NOW) - 72 * HOUR;
  assert.ok(left >= 0 && left < HOUR, 'to the hour');
  assert.equal(Date.parse(promise.confirm_at) - Date.parse(promise.due_at), 3 * DAY * HOUR);
  const other = await check({ deliverable: '72小时内整理某病例的长期随访数据并同步，5天后确认是否收到' });
  assert.deepEqual(other.missing, [], 'what, until when and when it is confirmed are all said');
  assert.equal(Date.parse(other.confirm_at) - Date.parse(other.due_at) > 4 * DAY * HOUR, true, 'five days after the deadline, as written');
  assert.equal(other.confirm_at.slice(0, 10), '2026-11-26');
  const [asked] = await parse('一周内提供某病例的长期随访数据！');
  assert.equal(asked.kind, 'commitment');
  assert.match(asked.text, /某病例的长期随访数据/);
  assert.equal(asked.due.at.slice(0, 10), '2026-11-25');
  const vague = await check({ deliverable: '后续跟进产品资料', due_at: after(72) });
  assert.ok(vague.missing.some(({ code }) => code === 'promise_vague'));
});

test('二（一）V4 V5：“↑”“?”“!”速记一句三件事；拜访结束后再用十分钟转化为完整记录', async () => {
  const pieces = await parse('客户询问XX药物的肝腎毒性(?),并希望获取同成分不同剂型的对比数据(↑),需本周内提供(!)');
  assert.deepEqual(pieces.map(({ kind }) => kind), ['question', 'interest', 'commitment']);
  assert.equal(pieces[2].due.at.slice(0, 10), '2026-11-20');
  assert.equal((await mr.read('/api/v1/me')).company.draft_minutes, 10);
});

test('二（二）V6：模板的三个模块：客户基本盘、沟通核心点、待办与节点，各有价值指向', async () => {
  const hcp = await doctor();
  const { modules } = await mr.read('/api/v1/form', { object: 'visit', hcp });
  const named = Object.fromEntries(modules.map(({ label, aim, asks }) => [label, { aim, asks: asks.map(({ ask }) => ask) }]));
  assert.match(named['客户基本盘'].aim, /资源投入优先级/);
  for (const ask of ['hcp.position', 'hcp.department', 'hcp.prescribing']) assert.ok(named['客户基本盘'].asks.includes(ask), ask);
  assert.match(named['沟通核心点'].aim, /靶心/);
  for (const ask of ['topics', 'temperature']) assert.ok(named['沟通核心点'].asks.includes(ask), ask);
  assert.match(named['待办与节点'].aim, /路线图/);
  for (const ask of ['promises', 'next_contact_on']) assert.ok(named['待办与节点'].asks.includes(ask), ask);
});

test('二（三）V7 V8：“儿科需求”标签推送最新资料；“3天后跟进”确保动作不遗漏', async () => {
  const hcp = await doctor({ tags: ['儿科需求'] });
  const { id } = await admin.create('content', { name: '儿童用药最新资料', layer: 'basic', state: 'approved', tags: ['儿科需求'] });
  assert.equal((await mr.read(`/api/v1/hcp/${hcp}/material`)).items[0].id, id);
  const news = (await mr.all('task', { owner: 'me' })).filter(({ source }) => source === 'rule:material_news');
  assert.equal(news.length, 1);
  assert.match(`${news[0].subject}${news[0].body}`, /儿童用药最新资料/);
  const [followed] = await parse('3天后跟进长期随访数据！');
  assert.equal(followed.due.at.slice(0, 10), '2026-11-21');
});

test('三（一）V9：“学术证据”分基础层、进阶层、专家层；“科室管理需求”联动市场部', async () => {
  const hcp = await doctor();
  for (const [layer, name] of [['basic', '产品说明书、IV期临床数据'], ['advanced', '国际期刊的头对头研究'], ['expert', '领域KOL的解读视频']]) {
    await admin.create('content', { name, layer, state: 'approved', subjects: ['evidence'] });
  }
  await visit(hcp, { topics: [
    { kind: 'question', text: '关注学术证据', subjects: ['evidence'] },
    { kind: 'need', text: '糖尿病患者的饮食管理手册', subjects: ['patient_support'] },
  ] });
  const fitting = (await mr.read(`/api/v1/hcp/${hcp}/material`)).items.filter(({ why }) => why.includes('subject'));
  assert.deepEqual(fitting.map(({ layer }) => layer).sort(), ['advanced', 'basic', 'expert']);
  const requests = await service.as('marketing1').all('marketing_request', { hcp });
  assert.deepEqual(requests.map(({ need }) => need), ['糖尿病患者的饮食管理手册']);
});

test('四（一）V14：关注“PD-1抑制剂的脑转移数据”：48小时内数据，7天内综述，15天后研讨会', async () => {
  const hcp = await doctor({ style: 'academic', academic_interests: '肿瘤微环境' });
  await visit(hcp, { topics: [{ kind: 'question', text: 'PD-1抑制剂的脑转移数据' }] });
  const run = await runOf(hcp, 'academic');
  assert.deepEqual(due(run), { data: after(48), review: after(7 * DAY), webinar: after(15 * DAY) });
  const told = run.steps.map(({ label, guidance }) => `${label}\n${guidance}`);
  assert.match(told[0], /亚组分析[^]*PD-1抑制剂的脑转移数据/u);
  assert.match(told[1], /综述[^]*肿瘤微环境/u);
  assert.match(told[2], /研讨会/u);
});

test('四（二）V15：关注“药品采购流程简化”：24小时内模板，3天内流程方案，强调“10个工作日”', async () => {
  const hcp = await doctor({ style: 'administrative', department: '药剂科' });
  await visit(hcp, { topics: [{ kind: 'interest', text: '药品采购流程简化' }] });
  const run = await runOf(hcp, 'administrative');
  assert.deepEqual(due(run), { template: after(24), process: after(3 * DAY), ten_days: null });
  const told = run.steps.map(({ label, guidance }) => `${label}\n${guidance}`);
  assert.match(told[0], /申报/u);
  assert.match(told[1], /入院|进院/u);
  assert.match(told[2], /10个工作日/u);
});

test('四（三）V16：担心“低血糖风险”：3天内对比数据，1周内经验分享，跟进时附应急处理手册', async () => {
  const hcp = await doctor({ style: 'hesitant', department: '内科' });
  await visit(hcp, { topics: [{ kind: 'objection', text: '对新型降糖药持观望态度，担心低血糖风险' }] });
  const run = await runOf(hcp, 'hesitant');
  assert.deepEqual(due(run), { comparison: after(3 * DAY), peer: after(7 * DAY), handbook: null });
  const told = run.steps.map(({ label, guidance }) => `${label}\n${guidance}`);
  assert.match(told[0], /对比/u);
  assert.match(told[1], /经验|隐私/u);
  assert.match(told[2], /手册/u);
});

test('三（二）V10：新客户：3天内、1周后、2周后', async () => {
  const hcp = await doctor();
  await visit(hcp, { temperature: 'neutral' });
  const run = await runOf(hcp, 'new_customer');
  assert.deepEqual(Object.values(due(run)), [after(3 * DAY), after(7 * DAY), after(14 * DAY)]);
});

test('三（二）V11：老客户：每月1-2条行业动态（指南更新、医保政策），每季度1次定制化学术支持（科室小范围病例讨论）', async () => {
  const { body } = await admin.read('/api/v1/definition/playbooks/long_standing');
  const [news, support] = body.steps;
  assert.deepEqual([news.every, support.every], [{ months: 1 }, { months: 3 }]);
  assert.match(news.guidance.zh, /1—2条[^]*指南更新、医保政策/u);
  assert.match(support.guidance.zh, /1次定制化学术支持[^]*科室小范围病例讨论/u);
});

test('三（三）V12 V13：处方量、学术影响力、科室权重得A（高潜力）、B（成长型）、C（基础型）；每月2次深度沟通、每2周1次、每月1次轻触达', async () => {
  const { body } = await admin.read('/api/v1/definition/scores/potential');
  assert.match(body.help.zh, /处方量[^]*学术影响力[^]*科室[^]*A（高潜力）[^]*B（成长型）[^]*C（基础型）/u);
  const leading = await doctor({ prescribing: 'main', kol: true, influence_on_doctors: 'high' });
  const { tier, rhythm, rhythm_reasons: reasons } = await mr.read(`/api/v1/hcp/${leading}`);
  assert.deepEqual([tier, rhythm, reasons], ['A', 'behind', ['a_in_depth']]);
  const { body: { parts } } = await admin.read('/api/v1/definition/scores/rhythm');
  assert.deepEqual(parts.map(({ labels }) => labels.zh), ['A：每月2次深度沟通', 'B：每两周沟通1次', 'C：每月1次轻触达']);
});

test('五（二）V19：高RFM客户顾问式跟进（行业趋势分析），低RFM客户唤醒计划（行业热点+产品新证据）', async () => {
  const told = async (name) => (await admin.read(`/api/v1/definition/playbooks/${name}`)).body.steps.map(({ labels, guidance }) => `${labels.zh}\n${guidance.zh}`).join('\n');
  assert.match(await told('consultant'), /行业趋势分析/u);
  assert.match(await told('wake_up'), /行业热点[^]*新证据/u);
  const { body: { measures } } = await admin.read('/api/v1/definition/rankings/rfm');
  assert.deepEqual(measures.map(({ measure }) => measure), ['recency', 'frequency', 'need'], '最近一次沟通时间、沟通频率、需求价值');
});

test('五（三）V20：记录中避免出现利益输送等措辞：标出位置、规则与改写建议', async () => {
  const { findings } = (await mr.expect(200, 'POST', '/api/v1/lint', { body: { text: '与客户商定利益输送，返点按处方量结算' } })).body;
  assert.ok(findings.some(({ category }) => category === 'inducement'), JSON.stringify(findings));
  for (const { why, instead, rule } of findings) assert.ok(why && instead && rule);
});

test('五（一）V17 V18：“拜访了XX客户，介绍了产品”；每周提取“高频疑问”，分类统计“学术支持”“患者管理”', async () => {
  const { quality } = (await mr.expect(200, 'POST', '/api/v1/visit/check', { body: { discussion: '拜访了XX客户，介绍了产品' } })).body;
  assert.equal(quality.level, 'empty');
  const hcp = await doctor();
  await visit(hcp, { discussion: '需要学术支持，也谈到患者管理', topics: [{ kind: 'question', text: '这类副作用的发生率是多少' }] });
  const review = await service.as('manager1').read('/api/v1/review');
  assert.ok(review.groups.some(({ question }) => question === '这类副作用的发生率是多少'));
  const needs = review.needs.map(({ need }) => need);
  assert.ok(needs.includes('academic_support') && needs.includes('patient_management'), needs.join());
});
