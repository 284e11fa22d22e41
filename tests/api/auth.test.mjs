// Signing in and out, passwords, tokens, and who may send a request at all.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClient } from './client.mjs';
import { PASSWORD, startService } from './harness.mjs';

const service = await startService();
const admin = service.as('admin');
const NEW_PASSWORD = 'another-quite-long-password';
const wait = (milliseconds) => new Promise((done) => { setTimeout(done, milliseconds); });

test('signing in gives a cookie that scripts cannot read and other sites cannot send', async () => {
  const { answer, client } = await service.signIn('mr1');
  assert.equal(answer.status, 201);
  const cookie = answer.headers.get('set-cookie');
  for (const attribute of ['HttpOnly', 'SameSite=Strict', 'Path=/', 'Max-Age=2592000']) assert.ok(cookie.includes(attribute), cookie);
  assert.ok(!cookie.includes('Secure'), 'plain HTTP on localhost');
  assert.equal(answer.body.user.login, 'mr1');
  assert.ok(!JSON.stringify(answer.body).includes('argon2'));
  const me = await client.read('/api/v1/me');
  assert.deepEqual([me.user.login, me.lang, me.must_change_password], ['mr1', 'ja', false]);
  assert.deepEqual(me.may, { users: false, journal: false, import: false, configure: false });
});

test('behind TLS the cookie is marked Secure', async () => {
  const secure = await startService({ args: ['--secure-cookies'] });
  assert.match((await secure.signIn('mr1')).answer.headers.get('set-cookie'), /; Secure/);
});

test('a wrong password and an unknown login are told apart by nothing', async () => {
  const wrong = await service.anonymous().refused(401, 'POST', '/api/v1/session', { body: { login: 'mr2', password: 'not-the-password' } });
  const unknown = await service.anonymous().refused(401, 'POST', '/api/v1/session', { body: { login: 'nobody', password: 'not-the-password' } });
  const told = ({ type, title, status, detail, errors }) => ({ type, title, status, detail, errors });
  assert.deepEqual(told(wrong), told(unknown));
  const incomplete = await service.anonymous().refused(422, 'POST', '/api/v1/session', { body: {} });
  assert.deepEqual(incomplete.errors.map((error) => error.pointer), ['/login', '/password']);
});

test('after some wrong passwords each further attempt has to wait longer, the right one too', async () => {
  const attempt = (password) => service.anonymous().post('/api/v1/session', { login: 'mr3', password });
  const waits = [];
  for (let count = 0; count < 3; count += 1) assert.equal((await attempt('wrong-wrong-wrong')).status, 401);
  while (waits.length < 2) {
    const refused = await attempt(PASSWORD);
    assert.equal(refused.status, 429, 'the right password does not help while waiting');
    const seconds = Number(refused.headers.get('retry-after'));
    assert.ok(seconds >= 1 && seconds <= 4, String(seconds));
    waits.push(seconds);
    await wait(seconds * 1000 + 50);
    if (waits.length < 2) assert.equal((await attempt('wrong-wrong-wrong')).status, 401);
  }
  assert.ok(waits[1] > waits[0], `the delay grows: ${waits}`);
  assert.equal((await attempt(PASSWORD)).status, 201);
  assert.equal((await attempt('wrong-wrong-wrong')).status, 401, 'success forgets the failures');
});

test('signing out ends this session and no other', async () => {
  const [one, other] = [await service.signIn('mr1'), await service.signIn('mr1')];
  const out = await one.client.expect(204, 'DELETE', '/api/v1/session');
  assert.match(out.headers.get('set-cookie'), /Max-Age=0/);
  await one.client.refused(401, 'GET', '/api/v1/me');
  await other.client.read('/api/v1/me');
});

test('signing out everywhere ends them all', async () => {
  const [one, other] = [await service.signIn('mr2'), await service.signIn('mr2')];
  const { items } = await one.client.read('/api/v1/me/sessions');
  assert.equal(items.filter((session) => session.present).length, 1);
  assert.ok(items.length >= 2);
  await one.client.expect(204, 'DELETE', '/api/v1/me/sessions');
  await one.client.refused(401, 'GET', '/api/v1/me');
  await other.client.refused(401, 'GET', '/api/v1/me');
  await service.signIn('mr2');
});

test('a disabled user loses session and tokens at once, while the server runs', async () => {
  const add = await service.ondo(['user', 'add', 'leaving', '--role', 'mr', '--password', PASSWORD]);
  assert.equal(add.code, 0, add.error);
  const token = (await service.ondo(['token', 'create', '--user', 'leaving'])).out.trim();
  const session = (await service.signIn('leaving')).client;
  const program = createClient(() => service.origin, { authorization: `Bearer ${token}` });
  await session.read('/api/v1/me');
  await program.read('/api/v1/me');
  assert.equal((await service.ondo(['user', 'disable', 'leaving'])).code, 0);
  await session.refused(401, 'GET', '/api/v1/me');
  await program.refused(401, 'GET', '/api/v1/me');
  const again = await service.anonymous().post('/api/v1/session', { login: 'leaving', password: PASSWORD });
  assert.equal(again.status, 403);
  assert.equal(again.body.errors[0].code, 'sign_in_disabled');
});

test('a user disabled or deleted through the API is out at once too', async () => {
  for (const [login, remove] of [
    ['leaving2', (id) => admin.change('user', id, { active: false })],
    ['leaving3', (id) => admin.expect(204, 'DELETE', `/api/v1/user/${id}`)],
  ]) {
    await service.ondo(['user', 'add', login, '--role', 'mr', '--password', PASSWORD]);
    const token = (await service.ondo(['token', 'create', '--user', login])).out.trim();
    const program = createClient(() => service.origin, { authorization: `Bearer ${token}` });
    const session = (await service.signIn(login)).client;
    const { user } = await program.read('/api/v1/me');
    await remove(user.id);
    await program.refused(401, 'GET', '/api/v1/me');
    await session.refused(401, 'GET', '/api/v1/me');
  }
});

test('a changed role counts from the next request on', async () => {
  await service.ondo(['user', 'add', 'turning', '--role', 'admin', '--password', PASSWORD]);
  const session = (await service.signIn('turning')).client;
  await session.create('product', { name: 'P' });
  await admin.change('user', (await session.read('/api/v1/me')).user.id, { role: 'mr' });
  await session.refused(403, 'POST', '/api/v1/product', { body: { name: 'Q' } });
});

test('passwords: long enough, not known to everybody, not the login', async () => {
  const { client } = await service.signIn('kam1');
  const codeFor = async (password) => (await client.refused(422, 'POST', '/api/v1/me/password', { body: { present_password: PASSWORD, password } })).errors[0].code;
  assert.equal(await codeFor('short'), 'password_short');
  assert.equal(await codeFor('password1234'), 'password_common');
  assert.equal(await codeFor('x'.repeat(5000)), 'password_long');
  const wrong = await client.refused(422, 'POST', '/api/v1/me/password', { body: { present_password: 'no', password: NEW_PASSWORD } });
  assert.equal(wrong.errors[0].code, 'password_wrong');
});

test('a new password ends the other sessions and takes effect at once', async () => {
  const [one, other] = [await service.signIn('msl1'), await service.signIn('msl1')];
  await one.client.expect(204, 'POST', '/api/v1/me/password', { body: { present_password: PASSWORD, password: NEW_PASSWORD } });
  await one.client.read('/api/v1/me');
  await other.client.refused(401, 'GET', '/api/v1/me');
  assert.equal((await service.signIn('msl1', PASSWORD)).answer.status, 401);
  assert.equal((await service.signIn('msl1', NEW_PASSWORD)).answer.status, 201);
});

test('a password that an administrator hands out has to be changed', async () => {
  await admin.expect(204, 'POST', `/api/v1/user/${service.user('inside1')}/password`, { body: { password: NEW_PASSWORD } });
  const { answer, client } = await service.signIn('inside1', NEW_PASSWORD);
  assert.equal(answer.body.must_change_password, true);
  await client.expect(204, 'POST', '/api/v1/me/password', { body: { present_password: NEW_PASSWORD, password: PASSWORD } });
  assert.equal((await client.read('/api/v1/me')).must_change_password, false);
});

test('ondo user password signs the person out everywhere', async () => {
  const session = (await service.signIn('marketing1')).client;
  assert.equal((await service.ondo(['user', 'password', 'marketing1'], { input: `${NEW_PASSWORD}\n` })).code, 0);
  await session.refused(401, 'GET', '/api/v1/me');
  assert.equal((await service.signIn('marketing1', NEW_PASSWORD)).answer.status, 201);
});

test('ondo token create prints nothing but the token; tokens and sessions are not stored as they are', async () => {
  const { code, out } = await service.ondo(['token', 'create', '--user', 'mr1']);
  assert.equal(code, 0);
  assert.match(out, /^ondo_[\w-]{40,}\n$/);
  const client = createClient(() => service.origin, { authorization: `bearer ${out.trim()}` });
  assert.equal((await client.read('/api/v1/me')).user.login, 'mr1');
  const { cookie } = await service.signIn('mr1');
  const stored = service.sql('SELECT * FROM "token"') + service.sql('SELECT * FROM "session"');
  for (const secret of [out.trim(), cookie.split('=')[1]]) {
    assert.ok(secret.length > 20 && !stored.includes(secret));
  }
  for (const wrong of ['ondo_x', out.trim().slice(0, -1), `${out.trim()}x`, '']) {
    await createClient(() => service.origin, { authorization: `Bearer ${wrong}` }).refused(401, 'GET', '/api/v1/me');
  }
});

const FOREIGN = [
  [{ origin: 'https://evil.example' }, 'a foreign origin'], [{ origin: 'null' }, 'no origin of its own'], [{ 'sec-fetch-site': 'cross-site' }, 'another site'],
  [{ 'sec-fetch-site': 'same-site' }, 'a sister site'], [{ origin: 'http://127.0.0.1:1' }, 'another port'],
];

for (const [headers, place] of FOREIGN) {
  test(`a write by cookie from ${place} is refused`, async () => {
    const { cookie, csrf } = await service.signIn('mr1');
    for (const token of [undefined, csrf]) {
      const client = createClient(() => service.origin, { cookie, ...headers, ...(token ? { 'x-csrf-token': token } : {}) });
      const problem = await client.refused(403, 'POST', '/api/v1/hcp', { body: { family_name: 'x' } });
      assert.equal(problem.errors[0].code, 'csrf');
      await client.refused(403, 'DELETE', '/api/v1/session');
    }
    await service.anonymous(headers).refused(403, 'POST', '/api/v1/session', { body: { login: 'mr1', password: PASSWORD } });
  });
}

test('a write by cookie from our own page is taken', async () => {
  const { cookie, csrf } = await service.signIn('mr1');
  for (const headers of [{ 'sec-fetch-site': 'same-origin' }, { 'sec-fetch-site': 'none' }, { origin: service.origin }, { 'x-csrf-token': csrf, origin: service.origin }]) {
    await createClient(() => service.origin, { cookie, ...headers }).create('hcp', { family_name: 'x' });
  }
  await createClient(() => service.origin, { cookie, 'x-csrf-token': 'wrong', origin: service.origin }).refused(403, 'POST', '/api/v1/hcp', { body: { family_name: 'x' } });
});

test('a token counts from anywhere, for no page can borrow it', async () => {
  await service.as('mr1', { origin: 'https://partner.example', 'sec-fetch-site': 'cross-site' }).create('hcp', { family_name: 'x' });
});

test('a session ends by itself when its time is over', async () => {
  const { client } = await service.signIn('mr1');
  await client.read('/api/v1/me');
  await service.stop();
  await service.start({ now: '2027-02-18T08:00:00+09:00' });
  await client.refused(401, 'GET', '/api/v1/me');
});

test('an administrator signs a user out everywhere; nobody else may, and it stands in the journal', async () => {
  const there = await service.signIn('mr3');
  await there.client.read('/api/v1/me');
  await service.as('manager1').refused(403, 'DELETE', `/api/v1/user/${service.user('mr3')}/sessions`);
  await there.client.read('/api/v1/me');
  await service.as('admin').expect(204, 'DELETE', `/api/v1/user/${service.user('mr3')}/sessions`);
  await there.client.refused(401, 'GET', '/api/v1/me');
  await service.as('mr3').read('/api/v1/me');
  const { items } = await service.as('admin').read('/api/v1/journal', { action: 'sign_out' });
  assert.deepEqual(items.map(({ id, by }) => [id, by]), [[service.user('mr3'), service.user('admin')]]);
  await service.as('admin').refused(404, 'DELETE', '/api/v1/user/01934bb8-1061-7137-b1d8-000000000000/sessions');
});
