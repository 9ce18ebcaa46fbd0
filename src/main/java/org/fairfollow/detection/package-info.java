/** Judgement: pure functions from an account's evidence to findings; no clock, no database, no randomness. */
@NullMarked
package org.fairfollow.detection;

import org.jspecify.annotations.NullMarked;
