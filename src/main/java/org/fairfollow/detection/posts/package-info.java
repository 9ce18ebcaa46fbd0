/** What an account posts, and whom it answers: judged from samples of posts without their text. */
@NullMarked
package org.fairfollow.detection.posts;

import org.jspecify.annotations.NullMarked;
