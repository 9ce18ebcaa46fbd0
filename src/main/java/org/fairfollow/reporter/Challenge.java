package org.fairfollow.reporter;

import org.jspecify.annotations.Nullable;

/**
 * A proof of work in the form of ALTCHA, version 1: a number is looked for, of which only the hash is known.
 *
 * @param algorithm of the hash
 * @param challenge the hash over salt and number, in hex
 * @param maxnumber the number is no greater; the name is ALTCHA's
 * @param salt says when the challenge ends
 * @param signature over the hash, in hex
 */
record Challenge(
        @Nullable String algorithm,
        @Nullable String challenge,
        @Nullable Long maxnumber,
        @Nullable String salt,
        @Nullable String signature) {}
