package org.fairfollow.architecture.canary.verdict;

import org.fairfollow.architecture.canary.network.SomeNetwork;

final class AsksTheNetwork {
    final SomeNetwork network = new SomeNetwork();
}
