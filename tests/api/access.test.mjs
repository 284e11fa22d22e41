// Permission is decided in one place: what a person may not read appears nowhere, and what no role grants is denied.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codesOf } from './client.mjs';
import { startService } from './harness.mjs';
import { OBJECTS, VERBS, fieldsWith, may, scopeOf } from './rights.mjs';

const service = await startService({ data: 'demo' });
const admin = service.as('admin');
const LOGINS = ['mr1', 'mr2', 'manager1', 'msl1', 'kam1', 'inside1', 'marketing1', 'compliance1'];
const NAMES = [...OBJECTS.keys()];

// Some records across people: a visit of an MSL and of a colleague to mr1's doctor, a memo on an institution, a task for another.
const [doctor] = await service.as('mr1').all('hcp', { owner: 'me', sort: '-last_visit_at' });
await service.as('msl1').create('visit', { hcp: doctor.id, discussion: 'xylophone research', topics: [{ kind: 'question', text: 'msl topic' }] });
await service.as('manager1').create('task', { subject: 'manager’s own' });
await admin.create('task', { subject: 'for mr2 about mr1’s doctor', owner: service.user('mr2'), hcp: doctor.id });
await service.as('mr2').create('saved_view', { object: 'hcp', name: 'mr2’s view' });
await service.as('manager1').create('saved_view', { object: 'hcp', name: 'for all to see', shared: true });

// What the daily rules will do is done before anyone looks, so that the server does nothing by itself meanwhile.
await service.ondo(['tick']);
const everything = new Map();
for (const object of NAMES) everything.set(object, await admin.all(object));
// What not even an administrator sees of others is gathered from each: whose it is decides below, not who gave it.
everything.set('notification', (await Promise.all(['admin', ...LOGINS].map((login) => service.as(login).all('notification')))).flat());
assert.ok(everything.get('notification').some(({ owner }) => owner !== service.user('mr1')));
const world = {
  records: new Map([...everything.values()].flat().map((record) => [record.id, record])),
  users: new Map(everything.get('user').map((user) => [user.id, user])),
};
const actorOf = (login) => ({ ...service.users[login], team: world.users.get(service.user(login)).team, role: world.users.get(service.user(login)).role });
const readable = (login, object) => everything.get(object).filter((record) => may(world, actorOf(login), object, record, 'read'));
const unreadable = (login, object) => everything.get(object).filter((record) => !may(world, actorOf(login), object, record, 'read'));
const ids = (records) => records.map((record) => record.id).toSorted();

/** What no role can permit, whatever it says. */
function neverFor(object, verb) {
  const { append_only: appendOnly, system_only: systemOnly } = OBJECTS.get(object);
  if (systemOnly && !['read', 'export'].includes(verb)) return 'access_system_only';
  return appendOnly && ['update', 'delete'].includes(verb) ? 'access_append_only' : undefined;
}

/** A few records spread over a list. */
const some = (list, count = 3) => list.filter((_, index) => index % Math.max(1, Math.floor(list.length / count)) === 0).slice(0, count);

for (const login of LOGINS) {
  const client = service.as(login);
  const actor = actorOf(login);

  test(`${login}: lists hold exactly what the role reaches; the rest is not found one by one`, async () => {
    for (const object of NAMES) {
      if (scopeOf(actor.role, object, 'read') === 'none') {
        await client.refused(403, 'GET', `/api/v1/${object}`);
      } else {
        assert.deepEqual(ids(await client.all(object)), ids(readable(login, object)), object);
      }
      for (const { id } of some(readable(login, object))) await client.read(`/api/v1/${object}/${id}`);
      for (const { id } of some(unreadable(login, object))) {
        for (const path of [`/api/v1/${object}/${id}`, `/api/v1/${object}/${id}/history`, `/api/v1/${object}/${id}/timeline`]) {
          const answer = await client.send('GET', path);
          assert.ok([403, 404].includes(answer.status), `${path} → ${answer.status}`);
        }
      }
    }
  });

  test(`${login}: counts count only what they may read`, async () => {
    for (const object of NAMES.filter((name) => scopeOf(actor.role, name, 'read') !== 'none')) {
      const { total } = await client.read(`/api/v1/${object}`, { total: true, limit: 1 });
      assert.equal(total, readable(login, object).length, object);
    }
  });

  test(`${login}: what may be created, changed or deleted is what the role says, and /access says why`, async () => {
    for (const object of NAMES) {
      for (const record of [...some(readable(login, object), 2), ...some(unreadable(login, object), 2)]) {
        const reasons = await client.read(`/api/v1/${object}/${record.id}/access`);
        for (const verb of VERBS) {
          const { allowed, code, message, scope } = reasons[verb];
          const never = neverFor(object, verb);
          assert.equal(allowed, !never && may(world, actor, object, record, verb), `${verb} ${object} ${record.id}`);
          assert.equal(code, never ?? (allowed ? 'access_ok' : scopeOf(actor.role, object, verb) === 'none' ? 'access_verb' : 'access_scope'));
          assert.equal(scope, scopeOf(actor.role, object, verb));
          assert.ok(message.length > 5);
        }
        const change = await client.send('PATCH', `/api/v1/${object}/${record.id}`, { body: {} });
        const expected = OBJECTS.get(object).system_only ? [403, 404] : may(world, actor, object, record, 'update') && reasons.read.allowed ? [200] : reasons.read.allowed ? [403] : [403, 404];
        assert.ok(expected.includes(change.status), `PATCH ${object} → ${change.status}, expected ${expected}`);
        if (!reasons.delete.allowed || !reasons.read.allowed) {
          const removal = await client.send('DELETE', `/api/v1/${object}/${record.id}`);
          assert.ok([403, 404].includes(removal.status), `DELETE ${object} → ${removal.status}`);
        }
      }
      if (scopeOf(actor.role, object, 'create') === 'none') await client.refused(403, 'POST', `/api/v1/${object}`, { body: {} });
      if (scopeOf(actor.role, object, 'delete') === 'none') {
        const restore = await client.send('POST', `/api/v1/${object}/${everything.get(object)[0]?.id ?? service.user('mr1')}/restore`);
        assert.ok([403, 404].includes(restore.status));
      }
    }
  });

  test(`${login}: search, timeline, dashboards and the change feed show nothing beyond`, async () => {
    const known = (id) => readableIds.has(id);
    const readableIds = new Set(NAMES.flatMap((object) => readable(login, object).map((record) => record.id)));
    for (const q of ['内科', 'a', 'data', '山', 'research', 'visit', '医院', 'xylophone']) {
      for (const hit of (await client.read('/api/v1/search', { q })).items) assert.ok(known(hit.id), `search ${q}: ${hit.object} ${hit.id}`);
    }
    for (const { id } of some(readable(login, 'hcp'))) {
      for (const item of (await client.read(`/api/v1/hcp/${id}/timeline`, { limit: 200 })).items) assert.ok(known(item.id), `timeline: ${item.object}`);
    }
    for (const { id } of some(readable(login, 'hco'))) {
      for (const item of (await client.read(`/api/v1/hco/${id}/timeline`, { limit: 200 })).items) assert.ok(known(item.id), `timeline: ${item.object}`);
    }
    for (const dashboard of ['mr_daily', 'manager_weekly']) {
      const answer = await client.get(`/api/v1/dashboard/${dashboard}`);
      if (answer.status === 403) continue;
      for (const item of answer.body.widgets.flatMap((widget) => widget.items ?? [])) {
        assert.ok(known(item.id), `${dashboard}: ${item.id}`);
        for (const related of Object.values(item.expanded ?? {})) if (related) assert.ok(known(related.id), `${dashboard}: expanded ${related.title}`);
      }
    }
    const created = await waitForChanges(client);
    for (const change of created) assert.ok(known(change.id) || !world.records.has(change.id), `changes: ${change.object} ${change.id}`);
  });

  test(`${login}: expanded references are empty where they may not be read`, async () => {
    for (const [object, reference] of [['visit', 'hcp'], ['task', 'hcp'], ['handover', 'hcp'], ['adoption', 'hco'], ['temperature_reading', 'visit'], ['sign', 'visit']]) {
      if (scopeOf(actor.role, object, 'read') === 'none') continue;
      const target = OBJECTS.get(object).fields.find((field) => field.name === reference).reference;
      const visible = new Set(ids(readable(login, target)));
      for (const item of await client.all(object, { expand: reference })) {
        const shown = item.expanded[reference];
        if (shown) assert.ok(visible.has(shown.id), `${object}.${reference}`);
        else assert.ok(!item[reference] || !visible.has(item[reference]), `${object}.${reference} is shown where it may be`);
      }
    }
  });

  test(`${login}: conditions through references and on related records do not tell what is not readable`, async () => {
    if (scopeOf(actor.role, 'hcp', 'read') === 'none') return;
    const mine = readable(login, 'hcp');
    const visits = readable(login, 'visit').filter((visit) => visit.discussion);
    const spoken = new Set(fieldsWith(actor.role, 'visit', 'hidden').includes('discussion') ? [] : visits.map((visit) => visit.hcp));
    const found = await client.all('hcp', { filter: { some: [{ var: 'visit' }, { '!!': [{ var: 'discussion' }] }] } });
    assert.deepEqual(ids(found), ids(mine.filter((hcp) => spoken.has(hcp.id))));
    if (scopeOf(actor.role, 'task', 'read') === 'none') return;
    const visible = new Map(mine.map((hcp) => [hcp.id, hcp]));
    const tasks = await client.all('task', { filter: { '!!': [{ var: 'hcp.temperature' }] } });
    assert.deepEqual(ids(tasks), ids(readable(login, 'task').filter((task) => visible.get(task.hcp)?.temperature)));
  });

  test(`${login}: hidden fields never appear, and can be neither filtered, sorted, searched nor written`, async () => {
    for (const object of NAMES) {
      const hidden = fieldsWith(actor.role, object, 'hidden');
      if (!hidden.length || scopeOf(actor.role, object, 'read') === 'none') continue;
      const items = await client.all(object);
      for (const field of hidden) {
        assert.ok(items.every((item) => !(field in item)), `${object}.${field} in the list`);
        assert.ok(!(field in await client.read(`/api/v1/${object}/${items[0].id}`)), `${object}.${field} in the record`);
        for (const query of [`fields=${field}`, `sort=${field}`, `${field}=x`, `expand=${field}`]) await client.refused(422, 'GET', `/api/v1/${object}?${query}`);
        const matched = await client.get(`/api/v1/${object}`, { filter: { '!!': [{ var: field }] } });
        if (matched.status === 200) assert.deepEqual(matched.body.items, [], `${object}.${field} answers a filter`);
        for (const { id } of some(items)) {
          for (const entry of (await client.read(`/api/v1/${object}/${id}/history`)).items) assert.ok(!(field in entry.changes), `${object}.${field} in the history`);
        }
      }
      const described = (await client.read('/api/v1/model')).objects.find((item) => item.object === object);
      assert.ok(described.fields.every((field) => !hidden.includes(field.name)));
    }
  });
}

/** What the feed has told so far: sealing takes the server a moment. */
async function waitForChanges(client) {
  const items = [];
  let since = 0;
  for (;;) {
    const page = await client.read('/api/v1/changes', { since });
    items.push(...page.items);
    if (page.next === since) return items;
    since = page.next;
  }
}

test('searching does not find a record by a field that is hidden', async () => {
  const phrase = 'zanzibar';
  await admin.change('hcp', doctor.id, { resonating_phrases: `speaks of ${phrase}` });
  const visit = (await admin.all('visit', { q: 'xylophone' }))[0];
  assert.equal((await admin.all('hcp', { q: phrase })).length, 1);
  const marketing = service.as('marketing1');
  assert.deepEqual(await marketing.all('hcp', { q: phrase }), []);
  assert.equal((await marketing.read('/api/v1/hcp', { q: phrase, total: true })).total, 0);
  assert.deepEqual(await marketing.all('visit', { q: 'xylophone' }), []);
  assert.deepEqual((await marketing.read('/api/v1/search', { q: phrase })).items, []);
  assert.deepEqual((await marketing.read('/api/v1/search', { q: 'xylophone' })).items, []);
  await marketing.read(`/api/v1/visit/${visit.id}`);
  assert.ok((await marketing.all('hcp', { q: doctor.family_name })).some((item) => item.id === doctor.id), 'but by what is not hidden');
});

test('fields that are read-only for a role are refused when changed, and accepted unchanged', async () => {
  const mr = service.as('mr1');
  const problem = await mr.refused(422, 'PATCH', `/api/v1/hcp/${doctor.id}`, { body: { tier: doctor.tier === 'A' ? 'B' : 'A' } });
  assert.deepEqual(codesOf(problem), { '/tier': 'read_only' });
  await mr.change('hcp', doctor.id, { tier: doctor.tier });
  const [hco] = await mr.all('hco', { limit: 1 });
  assert.deepEqual(codesOf(await mr.refused(422, 'PATCH', `/api/v1/hco/${hco.id}`, { body: { name: 'mine' } })), { '/name': 'read_only' });
});

test('one can neither create records outside one’s scope nor give them away beyond it', async () => {
  const mr = service.as('mr1');
  const foreign = await mr.refused(403, 'POST', '/api/v1/hcp', { body: { family_name: 'x', owner: service.user('mr2') } });
  assert.equal(foreign.errors[0].code, 'access_scope');
  const own = await mr.create('hcp', { family_name: '渡す' });
  await mr.refused(403, 'PATCH', `/api/v1/hcp/${own.id}`, { body: { owner: service.user('mr2') } });
  assert.equal((await mr.read(`/api/v1/hcp/${own.id}`)).owner, service.user('mr1'));
  const anothers = readable('mr2', 'hcp')[0];
  await mr.refused(422, 'POST', '/api/v1/visit', { body: { hcp: anothers.id } });
  await mr.refused(422, 'POST', '/api/v1/memo', { body: { hcp: anothers.id, text: 'x' } });
});

test('V: a visit to one’s doctor may be read whoever made it, and changed only by its maker', async () => {
  const [visit] = await admin.all('visit', { q: 'xylophone' });
  const mr = service.as('mr1');
  assert.equal((await mr.read(`/api/v1/visit/${visit.id}`)).owner, service.user('msl1'));
  await mr.refused(403, 'PATCH', `/api/v1/visit/${visit.id}`, { body: { discussion: 'mine' } });
  await mr.refused(403, 'DELETE', `/api/v1/visit/${visit.id}`);
  await service.as('mr2').refused(404, 'GET', `/api/v1/visit/${visit.id}`);
});

test('a right outside objects is needed to set another’s password', async () => {
  for (const login of ['mr1', 'manager1', 'compliance1']) {
    await service.as(login).refused(403, 'POST', `/api/v1/user/${service.user('mr2')}/password`, { body: { password: 'another-long-password' } });
  }
});

test('an unknown role, or none, reads nothing', async () => {
  for (const path of ['/api/v1/hcp', '/api/v1/search?q=a', '/api/v1/changes', '/api/v1/dashboard', '/api/v1/me', '/api/v1/model', '/api/v1/events']) {
    const problem = await service.anonymous().refused(401, 'GET', path);
    assert.equal(problem.type, 'urn:ondo:problem:unauthenticated');
  }
});

test('a shared view is read by everybody who may read views, changed by its owner alone, and private again when it is no longer shared', async () => {
  const owner = service.as('mr2');
  const reader = service.as('mr1');
  const view = await owner.create('saved_view', { object: 'hcp', name: 'quarter', filter: { '==': [{ var: 'kol' }, true] } });
  await reader.refused(404, 'GET', `/api/v1/saved_view/${view.id}`);
  await owner.change('saved_view', view.id, { shared: true });
  assert.equal((await reader.read(`/api/v1/saved_view/${view.id}`)).name, 'quarter');
  assert.ok((await reader.all('saved_view', { object: 'hcp' })).some(({ id }) => id === view.id));
  const decision = await reader.read(`/api/v1/saved_view/${view.id}/access`);
  assert.deepEqual([decision.read.allowed, decision.update.allowed, decision.delete.allowed], [true, false, false]);
  await reader.refused(403, 'PATCH', `/api/v1/saved_view/${view.id}`, { body: { name: 'mine' } });
  await reader.refused(403, 'DELETE', `/api/v1/saved_view/${view.id}`);
  await owner.change('saved_view', view.id, { shared: false });
  await reader.refused(404, 'GET', `/api/v1/saved_view/${view.id}`);
});
