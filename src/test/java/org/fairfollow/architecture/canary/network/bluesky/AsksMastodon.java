package org.fairfollow.architecture.canary.network.bluesky;

import org.fairfollow.architecture.canary.network.mastodon.SomeServer;

final class AsksMastodon {
    final SomeServer server = new SomeServer();
}
