/** What is kept of a text instead of the text: hashes of its normal form and the patterns it shows. */
@NullMarked
package org.fairfollow.evidence.text;

import org.jspecify.annotations.NullMarked;
