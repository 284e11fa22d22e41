/* Signing in with login and password, and setting passwords. */
#ifndef ONDO_AUTH_SIGN_IN_H
#define ONDO_AUTH_SIGN_IN_H

#include "password.h"
#include "session.h"

/** An attempt to sign in; everything is borrowed for the time of the attempt. */
typedef struct SignIn {
    Str login, password;  /* as typed */
    SessionOrigin origin; /* noted with the session, and delayed by */
    int64_t now;
} SignIn;

/**
 * Begins a session. Takes the time of one password_verify, whatever is wrong; that time is spent
 * outside any transaction, so this must not be called within a job. Texts live in problem->arena.
 *
 * STATUS_UNAUTHENTICATED with "sign_in": no such login, or not its password.
 * STATUS_LIMITED with "limited" {0}: too many failures; {0} seconds to wait.
 * STATUS_DENIED with "sign_in_disabled": the right password of a person who is disabled.
 */
MUST_USE Status sign_in(Store *store, const SignIn *attempt, Problem *problem, NewSession *out);

typedef enum CredentialKind {
    CREDENTIAL_OWN,       /* chosen by the person */
    CREDENTIAL_HANDED_OUT /* set by another: to be changed at the next sign-in */
} CredentialKind;

/**
 * Sets the user's password from its hash (password_hash, made before the job began). The caller
 * ends the user's other sessions with session_end_all.
 */
MUST_USE Status credential_set(Transaction *transaction, Id user, Str hash, CredentialKind kind,
                               int64_t now);

/**
 * STATUS_OK if it is the user's present password, STATUS_UNAUTHENTICATED if not. Not within a job.
 * Counts no failures: for people who are signed in.
 */
MUST_USE Status credential_verify(Store *store, Id user, Str password);

#endif
