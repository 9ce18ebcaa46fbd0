/** Blind audits: how often a rule is right, as people say who do not know what it said. */
@NullMarked
package org.fairfollow.verdict.audit;

import org.jspecify.annotations.NullMarked;
