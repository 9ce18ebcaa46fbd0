/** Invented accounts for the practices other than follow-churn from a stream, those who attack them, and how they fare. */
@NullMarked
package org.fairfollow.cli.simulation.practices;

import org.jspecify.annotations.NullMarked;
