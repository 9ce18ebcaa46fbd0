/** The one way out, to hosts that anybody may run, and the reading of what comes back: whatever they send ends here. */
@NullMarked
package org.fairfollow.network.outbound;

import org.jspecify.annotations.NullMarked;
