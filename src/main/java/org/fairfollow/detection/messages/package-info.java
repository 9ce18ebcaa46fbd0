/** Judges what recipients tell of the messages an account sends. */
@NullMarked
package org.fairfollow.detection.messages;

import org.jspecify.annotations.NullMarked;
