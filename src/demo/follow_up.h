/*
 * What is under way in the demo company: approved material, playbooks at every stage, requests to
 * marketing. Unlike the rest of the company it is made by the machine itself, as of the days on
 * which it began, so that what people see is what the machine does.
 */
#ifndef ONDO_DEMO_FOLLOW_UP_H
#define ONDO_DEMO_FOLLOW_UP_H

#include "business.h"
#include "demo.h"

/**
 * As the system, once all rows and what is derived from them are there; reads
 * "demo/material.json" of the options' files. Leaves no journal entries of single changes: the
 * company is one act. STATUS_INVALID with `context->problem` when that file is missing.
 */
MUST_USE Status follow_up_write(Context *context, const Business *business,
                                const DemoOptions *options);

#endif
