/** Fits the parameters that ship, from labelled accounts; always alike from the same accounts and seed. */
@NullMarked
package org.fairfollow.cli.training;

import org.jspecify.annotations.NullMarked;
