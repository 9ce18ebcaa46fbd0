package org.fairfollow.architecture.canary.publication;

import java.util.UUID;

/** A snapshot that comes out another every time. */
final class Snapshot {
    final String id = UUID.randomUUID().toString();
}
