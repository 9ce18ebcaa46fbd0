/** Harbour: a small invented social site, marked up as bsky.app is, on which the extension can be tried. */
@NullMarked
package org.fairfollow.lookup.pages.demo;

import org.jspecify.annotations.NullMarked;
