/** The pages people read: each resource puts a view together, a template of {@code src/main/jte/lookup/pages} writes it. */
@NullMarked
package org.fairfollow.lookup.pages;

import org.jspecify.annotations.NullMarked;
