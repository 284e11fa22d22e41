/*
 * The structured log: one JSON object a line on standard error. Written at the edges (server,
 * commands, background work), not where an error is noticed. Never holds secrets or people's texts.
 */
#ifndef ONDO_BASE_LOG_H
#define ONDO_BASE_LOG_H

#include "str.h"

/** From what only helps to find a fault to what needs a person. */
typedef enum LogLevel {
    LOG_LEVEL_DEBUG,
    LOG_LEVEL_INFO,
    LOG_LEVEL_WARNING,
    LOG_LEVEL_ERROR
} LogLevel;

/** One fact of a log line; a `text` of NULL data means that `number` counts. */
typedef struct LogField {
    const char *name; /* of the JSON member */
    Str text;         /* written when it has data */
    int64_t number;   /* written otherwise */
} LogField;

#define LOG_TEXT(field_name, value) ((LogField){.name = (field_name), .text = (value)})
#define LOG_NUMBER(field_name, value) ((LogField){.name = (field_name), .number = (value)})

/**
 * Writes one line: "at" (the machine's time), "level", "message", then the fields in order. Never
 * blocks on a slow reader of standard error longer than one write, and never fails.
 */
void log_write_fields(LogLevel level, const char *message, const LogField *fields, size_t count);

/** log_write(LOG_LEVEL_INFO, "request", LOG_TEXT("path", path), LOG_NUMBER("status", 200)) */
#define log_write(level, message, ...)                                    \
    log_write_fields((level), (message), (const LogField[]){__VA_ARGS__}, \
                     sizeof((const LogField[]){__VA_ARGS__}) / sizeof(LogField))

#endif
