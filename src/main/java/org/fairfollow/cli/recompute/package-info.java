/** Judging an exported dossier again, without the service it came from. */
@NullMarked
package org.fairfollow.cli.recompute;

import org.jspecify.annotations.NullMarked;
