package org.fairfollow.architecture.canary.intake;

import org.fairfollow.architecture.canary.network.outbound.SomeWayOut;

final class CallsAHost {
    final SomeWayOut outbound = new SomeWayOut();
}
