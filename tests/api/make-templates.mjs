// Makes the databases that all test files copy; ./run calls it once before them.
import { makeTemplates } from './harness.mjs';

await makeTemplates();
