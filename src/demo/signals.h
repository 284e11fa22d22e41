/*
 * What compliance and the safety department have to do in the demo company: words in recent
 * records, with the findings and reports that saving them leads to, at every stage.
 */
#ifndef ONDO_DEMO_SIGNALS_H
#define ONDO_DEMO_SIGNALS_H

#include "business.h"
#include "demo.h"

/**
 * Adds the sentences of "demo/signals.json" to visits of some representatives, each in their own
 * language and as of soon after the visit, so that the machine itself finds them; then lets people
 * send, close and decide. As the system. STATUS_INVALID with `context->problem` when the file is
 * missing.
 */
MUST_USE Status signals_write(Context *context, const Business *business,
                              const DemoOptions *options);

#endif
