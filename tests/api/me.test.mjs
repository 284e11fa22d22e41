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
});

test('one session can be ended from another', async () => {
  const [here, there] = [await service.signIn('mr1'), await service.signIn('mr1')];
  const { items } = await there.client.read('/api/v1/me/sessions');
  const other = items.find((session) => session.present);
  await here.client.expect(204, 'DELETE', `/api/v1/me/sessions/${other.id}`);
  await there.client.refused(401, 'GET', '/api/v1/me');
  await here.client.read('/api/v1/me');
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
