// One's own account: language and zone, where one is signed in, and the tokens of one's programs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClient } from './client.mjs';
import { startService } from './harness.mjs';

const service = await startService();

test('one may change one’s language and zone, and nothing that gives rights', async () => {
  const kam = service.as('kam1');
  await kam.expect(200, 'PATCH', '/api/v1/me', { body: { lang: 'zh', zone: 'Asia/Shanghai' } });
  const { user, lang } = await kam.read('/api/v1/me');
  assert.deepEqual([user.lang, user.zone, lang], ['zh', 'Asia/Shanghai', 'zh']);
  for (const body of [{ role: 'admin' }, { team: null, active: true }, { login: 'root' }]) {
    const answer = await kam.send('PATCH', '/api/v1/me', { body });
    assert.ok(answer.status >= 400, JSON.stringify(body));
  }
  assert.deepEqual((await kam.read('/api/v1/me')).user.role, 'kam');
  await kam.refused(422, 'PATCH', '/api/v1/me', { body: { lang: 'xx' } });
  const problem = await kam.refused(422, 'PATCH', '/api/v1/me', { body: { zone: 'Asia/Atlantis' } });
  assert.deepEqual(problem.errors.map(({ pointer, code }) => [pointer, code]), [['/zone', 'check_zone']]);
});

test('one session can be ended from another', async () => {
  const [here, there] = [await service.signIn('mr1'), await service.signIn('mr1')];
  const { items } = await there.client.read('/api/v1/me/sessions');
  const other = items.find((session) => session.present);
  await here.client.expect(204, 'DELETE', `/api/v1/me/sessions/${other.id}`);
  await there.client.refused(401, 'GET', '/api/v1/me');
  await here.client.read('/api/v1/me');
});

test('all sessions but one’s own are ended at once', async () => {
  const [here, there, elsewhere] = [await service.signIn('mr3'), await service.signIn('mr3'), await service.signIn('mr3')];
  await here.client.expect(204, 'DELETE', '/api/v1/me/sessions?others=true');
  for (const gone of [there, elsewhere]) await gone.client.refused(401, 'GET', '/api/v1/me');
  assert.equal((await here.client.read('/api/v1/me/sessions')).items.length, 1);
});

test('nobody ends the session or token of another', async () => {
  const { client } = await service.signIn('mr2');
  const [session] = (await client.read('/api/v1/me/sessions')).items;
  await service.as('admin').refused(404, 'DELETE', `/api/v1/me/sessions/${session.id}`);
  const [token] = (await client.read('/api/v1/me/tokens')).items;
  await service.as('mr3').refused(404, 'DELETE', `/api/v1/me/tokens/${token.id}`);
  await client.read('/api/v1/me');
});

test('a token revoked is refused from the next request on', async () => {
  const made = (await service.ondo(['token', 'create', '--user', 'mr3', '--name', 'nightly'])).out.trim();
  const program = createClient(() => service.origin, { authorization: `Bearer ${made}` });
  const { items } = await program.read('/api/v1/me/tokens');
  const listed = items.find((token) => token.name === 'nightly');
  assert.ok(!JSON.stringify(items).includes(made), 'no token is told again');
  await program.expect(204, 'DELETE', `/api/v1/me/tokens/${listed.id}`);
  await program.refused(401, 'GET', '/api/v1/me');
});

test('names stand in the order that the reader wants', async () => {
  const latin = { family_name: '鈴木', given_name: '花', family_latin: 'Suzuki', given_latin: 'Hana' };
  const { id } = await service.as('mr1').create('hcp', latin);
  const western = await service.as('mr1').create('hcp', { family_name: 'Smith', given_name: 'John' });
  const title = async (record, language) => (await service.as('mr1', { 'accept-language': language }).read(`/api/v1/hcp/${record}`)).title;
  const order = (name_order) => service.as('mr1').expect(200, 'PATCH', '/api/v1/me', { body: { name_order } });
  assert.deepEqual([await title(id, 'en'), await title(id, 'ja')], ['Hana Suzuki', '鈴木 花']);
  await order('family_first');
  assert.deepEqual([await title(id, 'en'), await title(id, 'ja')], ['Suzuki Hana', '鈴木 花']);
  await order('given_first');
  assert.deepEqual([await title(id, 'ja'), await title(id, 'zh')], ['鈴木 花', '鈴木花'], 'nobody writes these the other way');
  assert.equal(await title(western.id, 'ja'), 'John Smith');
  await service.as('mr1').refused(422, 'PATCH', '/api/v1/me', { body: { name_order: 'random' } });
  await order('as_written');
});

test('the page’s preferences are merged, bounded, and one’s own', async () => {
  const mr = service.as('mr1');
  const change = (preferences) => mr.expect(200, 'PATCH', '/api/v1/me', { body: { preferences } });
  assert.deepEqual((await mr.read('/api/v1/me')).preferences, {});
  await change({ density: 'compact', tours: ['today'] });
  const { body } = await change({ tours: ['today', 'visit'], start: '/tasks' });
  assert.deepEqual(body.preferences, { density: 'compact', tours: ['today', 'visit'], start: '/tasks' });
  await change({ density: null });
  assert.deepEqual((await mr.read('/api/v1/me')).preferences, { tours: ['today', 'visit'], start: '/tasks' });
  assert.deepEqual((await service.as('mr2').read('/api/v1/me')).preferences, {});
  for (const bad of [[], 'x', { 'a b': 1 }, { big: 'x'.repeat(20000) }]) {
    await mr.refused(422, 'PATCH', '/api/v1/me', { body: { preferences: bad } });
  }
  await mr.refused(422, 'PATCH', '/api/v1/me', { body: { preferences: { density: 'wide' }, lang: 'xx' } });
  assert.equal((await mr.read('/api/v1/me')).preferences.density, undefined, 'all or nothing');
});

test('a token is made by who is signed in by password, shown once, and has their rights', async () => {
  const { client } = await service.signIn('mr2');
  const expires_at = '2027-01-01T00:00:00.000Z';
  const made = (await client.expect(201, 'POST', '/api/v1/me/tokens', { body: { name: ' calendar ', expires_at } })).body;
  assert.deepEqual([made.name, made.expires_at], ['calendar', expires_at]);
  const program = createClient(() => service.origin, { authorization: `Bearer ${made.token}` });
  assert.equal((await program.read('/api/v1/me')).user.id, service.user('mr2'));
  const { items } = await client.read('/api/v1/me/tokens');
  assert.ok(items.some(({ id }) => id === made.id));
  assert.ok(!JSON.stringify(items).includes(made.token));
  await program.refused(403, 'POST', '/api/v1/me/tokens', { body: { name: 'child' } });
  await client.expect(204, 'DELETE', `/api/v1/me/tokens/${made.id}`);
  await program.refused(401, 'GET', '/api/v1/me');
});

test('a token needs a name and a time to come, there are twenty at most, and none is kept for repetition', async () => {
  const { client } = await service.signIn('mr2');
  for (const body of [{}, { name: '  ' }, { name: 'x'.repeat(101) }, { name: 'x', expires_at: 'soon' }, { name: 'x', expires_at: '2020-01-01T00:00:00Z' }]) {
    await client.refused(422, 'POST', '/api/v1/me/tokens', { body });
  }
  const options = { body: { name: 'same key' }, headers: { 'idempotency-key': 'token-1' } };
  const [first, second] = [await client.expect(201, 'POST', '/api/v1/me/tokens', options), await client.expect(201, 'POST', '/api/v1/me/tokens', options)];
  assert.notEqual(first.body.token, second.body.token);
  assert.equal(service.sql(`SELECT count(*) FROM idempotency WHERE "key" = 'token-1'`), '0');
  const { items } = await client.read('/api/v1/me/tokens');
  for (let count = items.length; count < 20; count += 1) await client.expect(201, 'POST', '/api/v1/me/tokens', { body: { name: `t${count}` } });
  const problem = await client.refused(409, 'POST', '/api/v1/me/tokens', { body: { name: 'one more' } });
  assert.equal(problem.errors[0].code, 'token_limit');
});
