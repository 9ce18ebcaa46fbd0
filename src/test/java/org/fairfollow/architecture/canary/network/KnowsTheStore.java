package org.fairfollow.architecture.canary.network;

import org.fairfollow.architecture.canary.store.SomeStore;

final class KnowsTheStore {
    final SomeStore store = new SomeStore();
}
