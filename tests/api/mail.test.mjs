// Mails: weekly figures, the daily digest, and a mail server that takes, refuses, drops, stalls or dies in between (E11–E14, V8).
import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { startService } from './harness.mjs';
import { decodeWords, makeCertificates, startMailServer } from './smtp.mjs';
import { readXlsx } from './tables.mjs';

/** A Monday morning in Tokyo, long before eight, and just after it. */
const MONDAY = '2026-11-23T06:00:00+09:00';
const EIGHT = '2026-11-23T08:00:10+09:00';
const mailEnv = (server) => ({ ONDO_SMTP: server.url, ONDO_SMTP_FROM: '"Ondo" <ondo@company.example>', ONDO_URL: 'https://ondo.company.example/' });

/** A company with a mail server of its own, and an address for each of `people`. */
async function company(options = {}) {
  const mails = await startMailServer();
  const service = await startService({ data: 'demo', now: MONDAY, env: { ...mailEnv(mails), ...options.env } });
  for (const login of ['manager1', 'mr1']) {
    await service.as('admin').change('user', service.user(login), { email: `${login}@company.example` });
  }
  return { mails, service, manager: service.as('manager1'), mr: service.as('mr1') };
}

const subscribe = (client, body = {}) =>
  client.expect(201, 'POST', '/api/v1/me/mail/subscription', { body: { dashboard: 'manager_weekly', parameters: { period: 'months_6' }, weekday: 1, hour: 8, ...body } });
/** The same company at another time. */
async function later(service, now) {
  await service.stop();
  await service.start({ now });
}
const part = (mail, type) => mail.parts.find(({ headers }) => headers['content-type'].startsWith(type));
const text = (mail) => part(mail, 'text/plain').bytes.toString('utf8');

/** What became of one's last mail, once it is no longer under way. */
async function settled(client, wanted) {
  for (let turn = 0; turn < 300; turn += 1) {
    const { mails } = await client.read('/api/v1/me/mail');
    if (mails[0] && wanted(mails[0])) return mails[0];
    await new Promise((done) => setTimeout(done, 100));
  }
  return assert.fail('the mail stays as it is');
}

test('E14: a manager’s weekly figures come on the day and hour chosen, readable, in the manager’s language, with the workbook', async () => {
  const { mails, manager, service } = await company();
  const { body } = await subscribe(manager);
  assert.equal(body.next_at, '2026-11-22T23:00:00.000Z');
  await later(service, EIGHT);
  const [mail] = await mails.expect(1);
  assert.deepEqual([mail.from, mail.to], ['ondo@company.example', ['manager1@company.example']]);
  assert.match(decodeWords(mail.headers.subject), /営業所長ダッシュボード/);
  assert.match(mail.headers.from, /Ondo.*<ondo@company\.example>/);
  assert.match(mail.headers['message-id'], /^<[0-9a-f-]{36}@company\.example>$/);
  assert.match(mail.headers.date, /^Sun, 22 Nov 2026 23:0\d:\d\d \+0000$/);
  assert.equal(mail.headers['auto-submitted'], 'auto-generated');
  const shown = (await manager.read('/api/v1/dashboard/manager_weekly')).widgets.find(({ name }) => name === 'temperature_by_mr');
  for (const { titles } of shown.groups) assert.ok(text(mail).includes(titles.owner), titles.owner);
  assert.ok(text(mail).includes('6ヶ月') && text(mail).includes('https://ondo.company.example/team'));
  const html = part(mail, 'text/html').bytes.toString('utf8');
  assert.ok(html.includes('<table') && html.includes('lang="ja"'));
  const file = mail.parts.find(({ headers }) => headers['content-disposition']?.includes('manager_weekly-2026-11-23.xlsx'));
  const total = shown.groups.reduce((sum, { value }) => sum + value, 0);
  assert.equal(readXlsx(file.bytes).sheets[1].rows.slice(1).reduce((sum, row) => sum + row.at(-1), 0), total);
  const sent = await settled(manager, ({ state }) => state === 'sent');
  assert.equal(sent.attempts, 1);
  const [subscription] = (await manager.read('/api/v1/me/mail')).subscriptions;
  assert.equal(subscription.next_at, '2026-11-29T23:00:00.000Z', 'a week later');
  assert.ok(subscription.last_sent_at);
  assert.match(service.sql("SELECT changes FROM journal WHERE action = 'export' AND object = 'hcp' ORDER BY id DESC LIMIT 1"), /"mail"/);
  await later(service, '2026-11-23T09:00:00+09:00');
  await new Promise((done) => setTimeout(done, 1500));
  assert.equal(mails.mails.length, 1, 'not again');
  await manager.expect(204, 'DELETE', `/api/v1/me/mail/subscription/${subscription.id}`);
  await later(service, '2026-11-30T09:00:00+09:00');
  await new Promise((done) => setTimeout(done, 1500));
  assert.equal(mails.mails.length, 1, 'ended');
  mails.stop();
});

test('E14: weeks that passed while nobody served are made up for once, and only what may be seen then is sent', async () => {
  const { mails, mr, service } = await company();
  await subscribe(mr, { dashboard: 'mr_daily', parameters: {}, weekday: 3, hour: 6 });
  const [foreign] = await service.as('admin').all('hcp', { filter: { '!=': [{ var: 'owner' }, service.user('mr1')] } });
  await later(service, '2026-12-24T09:00:00+09:00');
  const [mail] = await mails.expect(1);
  await settled(mr, ({ state }) => state === 'sent');
  assert.equal(mails.mails.length, 1);
  const workbook = mail.parts.find(({ headers }) => headers['content-disposition']?.includes('.xlsx'));
  assert.ok(!JSON.stringify(readXlsx(workbook.bytes).sheets).includes(foreign.family_name + foreign.given_name));
  assert.equal((await mr.read('/api/v1/me/mail')).subscriptions[0].next_at, '2026-12-29T21:00:00.000Z');
  mails.stop();
});

test('V8: the daily digest reminds of promises and tasks that are due, and tells what is new once', async () => {
  const { mails, mr, service } = await company();
  const [hcp] = await mr.all('hcp', { owner: 'me', limit: 1 });
  await mr.create('promise', { hcp: hcp.id, deliverable: '腎機能別の用量表', due_at: '2026-11-24T18:00:00+09:00' });
  await mr.create('promise', { hcp: hcp.id, deliverable: '長期投与試験の安全性データ', due_at: '2026-12-24T18:00:00+09:00' });
  await mr.create('task', { subject: '<b>見積もり</b>', hcp: hcp.id, due_at: '2026-11-20T18:00:00+09:00' });
  const plan = (await mr.expect(200, 'PUT', '/api/v1/me/mail/digest', { body: { kinds: ['promise', 'task'], hour: 8 } })).body;
  assert.deepEqual(plan.digest.kinds, ['promise', 'task']);
  await later(service, EIGHT);
  const [mail] = await mails.expect(1);
  assert.ok(text(mail).includes('腎機能別の用量表'));
  assert.ok(text(mail).includes((await mr.read(`/api/v1/hcp/${hcp.id}`)).title), 'for whom');
  assert.ok(!text(mail).includes('長期投与試験の安全性データ'));
  assert.ok(text(mail).includes('期限超過'));
  const html = part(mail, 'text/html').bytes.toString('utf8');
  assert.ok(html.includes('&lt;b&gt;見積もり'), 'words stay words');
  assert.deepEqual(mail.to, ['mr1@company.example']);
  await settled(mr, ({ state }) => state === 'sent');
  await mr.expect(200, 'PUT', '/api/v1/me/mail/digest', { body: { kinds: [], hour: 8 } });
  await later(service, '2026-11-25T09:00:00+09:00');
  await new Promise((done) => setTimeout(done, 1500));
  assert.equal(mails.mails.length, 1, 'turned off');
  mails.stop();
});

test('a name cannot begin another header, nor an address another mail', async () => {
  const { mails, manager, service } = await company();
  await service.as('admin').change('user', service.user('manager1'), { name: '山田"太郎" <x@y.example>, =?UTF-8?B?x?=' });
  await manager.expect(202, 'POST', '/api/v1/me/mail/test');
  const [mail] = await mails.expect(1);
  assert.deepEqual(mail.to, ['manager1@company.example']);
  assert.deepEqual(Object.keys(mail.headers).filter((name) => !['date', 'from', 'to', 'subject', 'message-id', 'auto-submitted', 'content-type', 'mime-version'].includes(name)), []);
  assert.match(decodeWords(mail.headers.to), /山田.*<manager1@company\.example>$/);
  for (const line of mail.raw.split('\r\n')) assert.ok(line.length <= 998);
  for (const email of ['a@b.example, c@d.example', 'a@b.example\r\nRCPT TO:<c@d.example>', '<a@b.example>']) {
    await service.as('admin').expect(422, 'PATCH', `/api/v1/user/${service.user('mr1')}`, { body: { email } });
  }
  mails.stop();
});

test('a server that is busy or drops is asked again; one that refuses for good is not', async () => {
  const { mails, manager, service } = await company();
  mails.behave = (step) => (step === 'RCPT' ? '451 come later' : undefined);
  await manager.expect(202, 'POST', '/api/v1/me/mail/test');
  const waiting = await settled(manager, ({ attempts, state }) => attempts === 1 && state === 'waiting');
  assert.match(waiting.said, /451 come later/);
  assert.ok(waiting.next_at > waiting.tried_at);
  mails.behave = (step) => (step === 'DATA' ? 'drop' : undefined);
  await settled(manager, ({ attempts, state }) => attempts === 2 && state === 'waiting');
  mails.behave = () => undefined;
  await later(service, '2026-11-23T08:30:00+09:00');
  await mails.expect(1);
  assert.equal((await settled(manager, ({ state }) => state === 'sent')).attempts, 3);
  mails.behave = (step) => (step === 'RCPT' ? '550 no such user' : undefined);
  await manager.expect(202, 'POST', '/api/v1/me/mail/test');
  const failed = await settled(manager, ({ state }) => state === 'failed');
  assert.match(failed.said, /550 no such user/);
  assert.equal(failed.attempts, 1);
  const { items } = await service.as('admin').read('/api/v1/mail');
  assert.deepEqual(items.slice(0, 2).map(({ state }) => state), ['failed', 'sent']);
  await service.as('manager1').refused(403, 'GET', '/api/v1/mail');
  mails.stop();
});

test('a server that stalls keeps nobody waiting, and a stopped program tries again', async () => {
  const { mails, manager, service } = await company();
  let stalled;
  const reached = new Promise((done) => { stalled = done; });
  mails.behave = (step) => (step === 'MAIL' ? (stalled(), new Promise(() => {})) : undefined);
  await manager.expect(202, 'POST', '/api/v1/me/mail/test');
  await reached;
  await manager.read('/api/v1/me');
  assert.equal((await service.stop()).code, 0);
  mails.behave = () => undefined;
  await service.start({ now: '2026-11-23T08:30:00+09:00' });
  await mails.expect(1);
  await settled(manager, ({ state }) => state === 'sent');
  assert.equal(mails.mails.length, 1);
  mails.stop();
});

test('a program killed before it heard the answer sends the mail again, under the same Message-ID; one killed before sends it once', async () => {
  const { mails, manager, service } = await company();
  let reached;
  const stalls = (at) => new Promise((arrived) => {
    mails.behave = (step) => (step === at ? (arrived(), new Promise((done) => { reached = done; })) : undefined);
  });
  const before = stalls('DATA');
  await manager.expect(202, 'POST', '/api/v1/me/mail/test');
  await before;
  await service.kill();
  reached('drop');
  const after = stalls('END');
  await service.start({ now: '2026-11-23T08:30:00+09:00' });
  await after;
  await service.kill();
  reached('250 taken');
  await mails.expect(1);
  mails.behave = () => undefined;
  await service.start({ now: '2026-11-23T09:30:00+09:00' });
  const [first, second] = await mails.expect(2);
  assert.equal(first.headers['message-id'], second.headers['message-id']);
  assert.equal((await settled(manager, ({ state }) => state === 'sent')).attempts, 3);
  mails.stop();
});

test('nobody who is disabled is mailed, and nobody without an address', async () => {
  const { mails, manager, mr, service } = await company();
  await subscribe(manager);
  mails.behave = (step) => (step === 'RCPT' ? '451 come later' : undefined);
  await later(service, EIGHT);
  await settled(manager, ({ attempts, state }) => attempts > 0 && state === 'waiting');
  await service.as('admin').change('user', service.user('manager1'), { active: false });
  await service.stop();
  mails.behave = () => undefined;
  const states = async () => (await service.as('admin').read('/api/v1/mail')).items.map(({ state }) => state);
  await service.start({ now: '2026-11-24T09:00:00+09:00' });
  for (let turn = 0; turn < 300 && (await states())[0] !== 'dropped'; turn += 1) await new Promise((done) => setTimeout(done, 100));
  assert.deepEqual(await states(), ['dropped']);
  await later(service, '2026-11-30T09:00:00+09:00');
  await new Promise((done) => setTimeout(done, 2000));
  assert.deepEqual(mails.mails, []);
  assert.deepEqual(await states(), ['dropped'], 'a week later nothing is even put there');
  await service.as('admin').change('user', service.user('mr1'), { email: null });
  const { errors } = await mr.refused(409, 'POST', '/api/v1/me/mail/test');
  assert.equal(errors[0].code, 'mail_no_address');
  mails.stop();
});

test('without a mail server there is nothing to subscribe to, and nothing piles up; half a one does not start', async () => {
  const service = await startService({ data: 'people', now: MONDAY });
  const mr = service.as('mr1');
  const plan = await mr.read('/api/v1/me/mail');
  assert.equal(plan.available, false);
  assert.equal((await mr.refused(409, 'POST', '/api/v1/me/mail/test')).errors[0].code, 'mail_unavailable');
  assert.equal((await mr.refused(409, 'PUT', '/api/v1/me/mail/digest', { body: { kinds: ['task'], hour: 7 } })).errors[0].code, 'mail_unavailable');
  assert.equal(service.sql('SELECT count(*) FROM mail_outbox'), '0');
  for (const env of [{ ONDO_SMTP: 'mail.example.com', ONDO_SMTP_FROM: 'a@b.example' }, { ONDO_SMTP: 'smtp://mail.example.com' }, { ONDO_SMTP: 'smtp://u:p@mail.example.com', ONDO_SMTP_FROM: 'a@b.example' }, { ONDO_SMTP: 'smtp://mail.example.com', ONDO_SMTP_FROM: 'a@b.example\r\nBcc: c@d.example' }]) {
    const { code, error } = await service.ondo(['serve', '--port', '0'], { env });
    assert.equal(code, 2, error);
    assert.match(error, /ONDO_SMTP/);
  }
});

test('the name and the password of the mail server are used, and a wrong plan is refused with what to do', async () => {
  const { mails, manager } = await company({ env: { ONDO_SMTP_USER: 'ondo', ONDO_SMTP_PASSWORD: 'secret words' } });
  await manager.expect(202, 'POST', '/api/v1/me/mail/test');
  await mails.expect(1);
  assert.deepEqual(mails.logins, [['ondo', 'secret words']]);
  const refused = async (body, code) => assert.equal((await manager.refused(422, 'POST', '/api/v1/me/mail/subscription', { body })).errors[0].code, code);
  await refused({ dashboard: 'nothing', weekday: 1, hour: 8 }, 'mail_no_dashboard');
  await refused({ dashboard: 'manager_weekly', weekday: 8, hour: 8 }, 'limit_range');
  await refused({ dashboard: 'manager_weekly', weekday: 1, hour: 24 }, 'limit_range');
  await refused({ dashboard: 'manager_weekly', weekday: 1, hour: 8, parameters: { colour: 'red' } }, 'dashboard_no_parameter');
  assert.equal((await manager.refused(422, 'PUT', '/api/v1/me/mail/digest', { body: { kinds: ['weather'], hour: 8 } })).errors[0].code, 'mail_kind');
  mails.stop();
});

/* ---- Encryption ---- */

const certificates = makeCertificates(mkdtempSync(join(tmpdir(), 'ondo-certificates-')));

/** A company whose mail server speaks TLS, and what becomes of a test mail there. */
async function secured(tls, certificate, env = {}) {
  const mails = await startMailServer({ tls, certificate });
  const service = await startService({ env: { ...mailEnv(mails), ONDO_SMTP_TLS: 'required', ONDO_SMTP_CA_FILE: certificates.authorities, ...env } });
  await service.as('admin').change('user', service.user('mr1'), { email: 'mr1@company.example' });
  const mr = service.as('mr1');
  await mr.expect(202, 'POST', '/api/v1/me/mail/test');
  const tried = await settled(mr, ({ state, attempts }) => state === 'sent' || attempts > 0 && state === 'waiting');
  mails.stop();
  await service.stop();
  return { tried, mails };
}

for (const tls of ['starttls', 'implicit']) {
  test(`E14: a mail leaves encrypted (${tls}) to a server whose certificate goes back to the authority in the settings`, async () => {
    const { tried, mails } = await secured(tls, certificates.right);
    assert.equal(tried.state, 'sent', tried.said);
    assert.deepEqual(mails.mails.map(({ encrypted }) => encrypted), [true]);
  });

  test(`E14: nothing is sent (${tls}) to a server with a wrong certificate, and what to do is said`, async () => {
    const other = await secured(tls, certificates.other);
    assert.equal(other.tried.state, 'waiting');
    assert.match(other.tried.said, /certificate/);
    assert.match(other.tried.said, /ONDO_SMTP_CA_FILE/);
    const unknown = await secured(tls, certificates.right, { ONDO_SMTP_CA_FILE: '' });
    assert.equal(unknown.tried.state, 'waiting');
    assert.match(unknown.tried.said, /not trusted/);
    assert.deepEqual([other.mails.mails, unknown.mails.mails], [[], []]);
  });
}

test('E14: a server without encryption gets no mail where it is required; a file without certificates is refused at the start', async () => {
  const { tried, mails } = await secured(null, null);
  assert.equal(tried.state, 'waiting');
  assert.match(tried.said, /no encryption/);
  assert.deepEqual(mails.mails, []);
  await assert.rejects(startService({ env: { ...mailEnv(mails), ONDO_SMTP_CA_FILE: '/dev/null' } }), /ONDO_SMTP_CA_FILE|exit|3/);
});

/* ---- Ending mails from the mails ---- */

const unsubscribeOf = (mail) => /^<(https:.*)>$/.exec(mail.headers['list-unsubscribe'] ?? '')?.[1] ?? assert.fail('no List-Unsubscribe');
const pathOf = (address) => new URL(address).pathname;
const click = (service, path) => service.anonymous().send('POST', path, { raw: 'List-Unsubscribe=One-Click', headers: { 'content-type': 'application/x-www-form-urlencoded' } });

test('E14, V8: one click in a mail ends such mails without sign-in; looking at the address does not', async () => {
  const { mails, manager, service } = await company();
  await subscribe(manager);
  await manager.create('task', { subject: '会議の準備', due_at: '2026-11-24T18:00:00+09:00' });
  await manager.expect(200, 'PUT', '/api/v1/me/mail/digest', { body: { kinds: ['promise', 'task'], hour: 8 } });
  await later(service, EIGHT);
  await mails.expect(2);
  const addresses = mails.mails.map(unsubscribeOf);
  for (const { headers } of mails.mails) assert.equal(headers['list-unsubscribe-post'], 'List-Unsubscribe=One-Click');
  assert.equal(new Set(addresses).size, 2, 'each ends its own kind');
  const [figures] = mails.mails.filter(({ headers }) => /営業所長/.test(decodeWords(headers.subject))).map(unsubscribeOf);
  const [digest] = addresses.filter((address) => address !== figures);

  const looked = await service.anonymous().send('GET', pathOf(figures));
  assert.equal(looked.status, 303);
  assert.match(looked.headers.get('location'), /^\/unsubscribe\/[\w-]+$/);
  const plan = () => manager.read('/api/v1/me/mail');
  assert.equal((await plan()).subscriptions.length, 1, 'looked at, not ended');

  for (const _ of [1, 2]) assert.equal((await click(service, pathOf(figures))).status, 204);
  assert.deepEqual([(await plan()).subscriptions.length, (await plan()).digest.kinds], [0, ['promise', 'task']], 'the digest goes on');
  assert.equal((await click(service, pathOf(digest))).status, 204);
  assert.deepEqual((await plan()).digest.kinds, []);
  assert.equal((await plan()).digest.next_at, null);
  mails.stop();
});

test('E14: words that were not signed here end nothing', async () => {
  const { mails, manager, service } = await company();
  await subscribe(manager);
  await later(service, EIGHT);
  const [mail] = await mails.expect(1);
  const path = pathOf(unsubscribeOf(mail));
  const token = path.split('/').at(-1);
  const other = token.slice(0, 5) + (token[5] === 'A' ? 'B' : 'A') + token.slice(6);
  for (const wrong of [other, token.slice(0, -1), `${token}A`, 'x', '%0d%0aSet-Cookie:a=b', token.slice(0, 40)]) {
    const refused = await click(service, path.replace(token, wrong));
    assert.equal(refused.status, 404, wrong);
    assert.equal(refused.body.errors?.[0]?.code ?? refused.body.code, 'mail_unsubscribe_unknown');
    assert.match(refused.body.detail, /settings/);
    const looked = await service.anonymous().send('GET', path.replace(token, wrong));
    assert.equal(looked.headers.get('location'), '/unsubscribe/unknown');
    assert.equal(looked.headers.get('set-cookie'), null);
  }
  assert.equal((await manager.read('/api/v1/me/mail')).subscriptions.length, 1);
  mails.stop();
});
