// Databases made once and copied for each test file: users with their tokens, and the demo company.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { createClient } from './client.mjs';

const PASSWORD = 'six-long-words-for-tests';

/** East has two representatives and a manager, West one of each; nobody else has a team. */
const PEOPLE = [
  { login: 'admin', role: 'admin', lang: 'en', zone: 'UTC' },
  { login: 'mr1', role: 'mr', lang: 'ja', zone: 'Asia/Tokyo', team: 'East' },
  { login: 'mr2', role: 'mr', lang: 'zh', zone: 'Asia/Shanghai', team: 'East' },
  { login: 'mr3', role: 'mr', lang: 'en', zone: 'Europe/London', team: 'West' },
  { login: 'manager1', role: 'manager', lang: 'ja', zone: 'Asia/Tokyo', team: 'East' },
  { login: 'manager2', role: 'manager', lang: 'en', zone: 'Europe/London', team: 'West' },
  { login: 'msl1', role: 'msl', lang: 'en', zone: 'Asia/Tokyo' },
  { login: 'kam1', role: 'kam', lang: 'en', zone: 'Asia/Tokyo' },
  { login: 'inside1', role: 'inside_sales', lang: 'en', zone: 'Asia/Tokyo' },
  { login: 'marketing1', role: 'marketing', lang: 'en', zone: 'Asia/Tokyo' },
  { login: 'compliance1', role: 'compliance', lang: 'en', zone: 'Asia/Tokyo' },
  { login: 'safety1', role: 'safety', lang: 'en', zone: 'UTC' },
];

async function mustRun(run, args) {
  const { code, out, error } = await run(args);
  assert.equal(code, 0, `ondo ${args.join(' ')}: ${error}`);
  return out.trim();
}

async function addUsers(run) {
  for (const { login, role, lang, zone } of PEOPLE) {
    await mustRun(run, ['user', 'add', login, '--role', role, '--lang', lang, '--zone', zone, '--password', PASSWORD]);
  }
}

async function formTeams(client, users) {
  for (const name of ['East', 'West']) {
    const team = await client.create('team', { name });
    for (const { login, team: of } of PEOPLE) {
      if (of === name) await client.change('user', users[login].id, { team: team.id });
    }
  }
}

/** Builds the database and writes what the tests need to know about it to `file`. */
export async function buildTemplate(kind, { file, database, name, run, serve }) {
  if (kind === 'demo') {
    await mustRun(run, ['demo', '--hcps', '200', '--visits', '2000', '--seed', '7', '--password', PASSWORD]);
  } else {
    await addUsers(run);
  }
  const token = await mustRun(run, ['token', 'create', '--user', 'admin']);
  const server = await serve(database);
  const client = createClient(() => server.origin, { authorization: `Bearer ${token}` });
  const users = {};
  for (const user of await client.all('user')) users[user.login] = { id: user.id, name: user.name, role: user.role, team: user.team, lang: user.lang, zone: user.zone };
  if (kind === 'people') await formTeams(client, users);
  await server.stop();
  for (const login of Object.keys(users)) users[login].token = await mustRun(run, ['token', 'create', '--user', login]);
  await mustRun(run, ['verify', '--seal']);
  writeFileSync(file, JSON.stringify({ name, database, users }));
}
