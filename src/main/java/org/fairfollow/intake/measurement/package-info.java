/** What a network shows of one account, measured when somebody wishes it. */
@NullMarked
package org.fairfollow.intake.measurement;

import org.jspecify.annotations.NullMarked;
