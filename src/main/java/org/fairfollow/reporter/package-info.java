/** Who may say and ask what: the operator, holders of keys, and anybody within a quota. */
@NullMarked
package org.fairfollow.reporter;

import org.jspecify.annotations.NullMarked;
