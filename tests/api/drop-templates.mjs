// Drops the template databases of a run from a PostgreSQL server that outlives the run; called by ./run.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.env.ONDO_TEST_TEMPLATES;
for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
  const { name } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  execFileSync('psql', ['--no-psqlrc', '--quiet', process.env.ONDO_TEST_POSTGRESQL, '-c', `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`]);
}
